// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.sllmr.data.Column;
import org.sllmr.data.NumberColumn;
import org.sllmr.data.VectorColumn;
import org.sllmr.data.VocabularyBuilder;

/** Fields, numbers and vectors of one side, written piece by piece; values get their numbers in order of appearance. */
final class PieceColumns {
    private final Folder folder;
    private final String side;
    private final List<Field> fields = new ArrayList<>();
    private final List<PieceFile> numbers = new ArrayList<>();
    private final List<PieceFile> vectors = new ArrayList<>();
    private DatasetNames.Side names = DatasetNames.Side.of(List.of(), List.of(), List.of(), List.of());
    private boolean open;

    PieceColumns(Folder folder, String side) {
        this.folder = folder;
        this.side = side;
    }

    /** Creates files. */
    interface Folder {
        PieceFile create(String name) throws IOException;
    }

    /** Names of the columns; those of the first piece. */
    DatasetNames.Side names() {
        return names;
    }

    void add(List<Column> fieldPieces, List<NumberColumn> numberPieces, List<VectorColumn> vectorPieces)
            throws IOException {
        DatasetNames.Side named = DatasetNames.Side.of(fieldPieces, List.of(), numberPieces, vectorPieces);
        if (!open) {
            names = named;
            create();
        } else if (!named.equals(names)) {
            throw new IllegalArgumentException("a piece has other columns than the one before: " + named);
        }
        for (int field = 0; field < fields.size(); field++) {
            fields.get(field).add(fieldPieces.get(field));
        }
        for (int number = 0; number < numbers.size(); number++) {
            numbers.get(number).putFloats(numberPieces.get(number).values());
        }
        for (int vector = 0; vector < vectors.size(); vector++) {
            vectors.get(vector).putFloats(vectorPieces.get(vector).values());
        }
    }

    private void create() throws IOException {
        open = true;
        for (int field = 0; field < names.fields().size(); field++) {
            fields.add(new Field(Layout.field(side, field)));
        }
        for (int number = 0; number < names.numbers().size(); number++) {
            numbers.add(folder.create(Layout.number(side, number) + DatasetFile.FLOATS));
        }
        for (int vector = 0; vector < names.vectors().size(); vector++) {
            vectors.add(folder.create(Layout.vector(side, vector) + DatasetFile.FLOATS));
        }
    }

    List<Manifest.StoredFile> finishFields() throws IOException {
        List<Manifest.StoredFile> files = new ArrayList<>();
        for (Field field : fields) {
            field.finish(files);
        }
        return files;
    }

    List<Manifest.StoredFile> finishNumbers() throws IOException {
        List<Manifest.StoredFile> files = new ArrayList<>();
        for (PieceFile number : numbers) {
            files.add(number.finish());
        }
        for (PieceFile vector : vectors) {
            files.add(vector.finish());
        }
        return files;
    }

    /** Strings that are written one after the other. */
    static final class Strings {
        private final PieceFile offsets;
        private final PieceFile text;
        private long offset;

        Strings(Folder folder, String name) throws IOException {
            offsets = folder.create(name + DatasetFile.OFFSETS + DatasetFile.LONGS);
            text = folder.create(name + DatasetFile.UTF8);
            offsets.putLong(0);
        }

        void add(List<String> values) throws IOException {
            for (String value : values) {
                byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                offset += bytes.length;
                offsets.putLong(offset);
                text.putText(bytes);
            }
        }

        void finish(List<Manifest.StoredFile> files) throws IOException {
            files.add(offsets.finish());
            files.add(text.finish());
        }
    }

    private final class Field {
        private final String name;
        private final PieceFile offsets;
        private final PieceFile values;
        private final VocabularyBuilder vocabulary = new VocabularyBuilder();

        Field(String name) throws IOException {
            this.name = name;
            offsets = folder.create(name + DatasetFile.OFFSETS + DatasetFile.INTS);
            values = folder.create(name + DatasetFile.INTS);
            offsets.putInt(0);
        }

        void add(Column piece) throws IOException {
            int before = values.size();
            int[] renumbered = new int[piece.vocabulary().size()];
            for (int value = 0; value < renumbered.length; value++) {
                renumbered[value] = vocabulary.add(piece.vocabulary().value(value));
            }
            for (int row = 1; row < piece.offsets().length; row++) {
                offsets.putInt(before + piece.offsets()[row]);
            }
            for (int value : piece.values()) {
                values.putInt(renumbered[value]);
            }
        }

        void finish(List<Manifest.StoredFile> files) throws IOException {
            files.add(offsets.finish());
            files.add(values.finish());
            Strings strings = new Strings(folder, Layout.vocabulary(name));
            strings.add(vocabulary.build().values());
            strings.finish(files);
        }
    }
}
