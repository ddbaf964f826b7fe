// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Column;
import org.sllmr.data.ColumnBuilder;
import org.sllmr.data.NumberColumn;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.VectorColumn;
import org.sllmr.data.Vocabulary;
import org.sllmr.data.VocabularyBuilder;

/** Reads items or users: a table with one row per id. */
final class EntityReader {
    private static final int ID = 0;

    private final String noun;
    private final TableFile file;
    private final Table table;
    private final ProblemList problems;
    private final List<String> columns = new ArrayList<>();
    private final List<FieldReader> fieldReaders = new ArrayList<>();
    private final List<ColumnBuilder> fields = new ArrayList<>();
    private final int firstText;
    private final List<List<String>> texts = new ArrayList<>();
    private final List<NumberColumnReader> numbers = new ArrayList<>();
    private final List<VectorColumnReader> vectors = new ArrayList<>();
    private final VocabularyBuilder ids = new VocabularyBuilder();

    EntityReader(
            String noun,
            TableFile file,
            Table table,
            String id,
            List<FieldSettings> fields,
            List<String> texts,
            List<String> numbers,
            List<String> vectors) {
        this.noun = noun;
        this.file = file;
        this.table = table;
        this.problems = new ProblemList(file.path().toString());
        columns.add(id);
        for (FieldSettings field : fields) {
            this.fieldReaders.add(new FieldReader(field, columns.size()));
            this.fields.add(new ColumnBuilder(field.name()));
            columns.add(field.column());
        }
        this.firstText = columns.size();
        for (String text : texts) {
            this.texts.add(new ArrayList<>());
            columns.add(text);
        }
        for (String number : numbers) {
            this.numbers.add(new NumberColumnReader(number, columns.size()));
            columns.add(number);
        }
        for (String vector : vectors) {
            this.vectors.add(new VectorColumnReader(vector, columns.size()));
            columns.add(vector);
        }
    }

    void read(ProgressListener listener) {
        RowProgress progress = new RowProgress(listener, file);
        table.forEach(columns, row -> {
            progress.at(row);
            add(row);
        });
        vectors.forEach(vector -> vector.finish(table, this::report));
        problems.throwIfAny();
        table.notes().forEach(listener::noted);
        fieldReaders.forEach(field -> field.note(file, listener));
        if (ids.size() == 0) {
            throw new InvalidInputException(file.path().toString(), "has no rows; check how it was made or copied");
        }
    }

    Places places() {
        return table;
    }

    Vocabulary ids() {
        return ids.build();
    }

    List<Column> fields() {
        return fields.stream().map(ColumnBuilder::build).toList();
    }

    List<Catalogue.TextColumn> texts() {
        List<Catalogue.TextColumn> built = new ArrayList<>();
        for (int text = 0; text < texts.size(); text++) {
            built.add(new Catalogue.TextColumn(
                    columns.get(firstText + text), Collections.unmodifiableList(texts.get(text))));
        }
        return built;
    }

    List<NumberColumn> numbers() {
        return numbers.stream().map(NumberColumnReader::build).toList();
    }

    List<VectorColumn> vectors() {
        return vectors.stream().map(VectorColumnReader::build).toList();
    }

    private void add(Row row) {
        String id = row.text(ID);
        if (id.isEmpty()) {
            report(row, "has no " + noun + " in column '" + columns.get(ID) + "'; fill it in or remove the line");
            return;
        }
        int known = ids.size();
        int index = ids.add(id);
        if (index < known) {
            report(row, noun + " '" + id + "' was already on an earlier line; keep one line for each " + noun);
            return;
        }
        for (int field = 0; field < fields.size(); field++) {
            fields.get(field).add(fieldReaders.get(field).values(row));
        }
        for (int text = 0; text < texts.size(); text++) {
            texts.get(text).add(row.text(firstText + text));
        }
        numbers.forEach(number -> number.add(row, what -> report(row, what)));
        vectors.forEach(vector -> vector.add(row, what -> report(row, what)));
    }

    private void report(Row row, String what) {
        report(row.number(), what);
    }

    private void report(long row, String what) {
        if (problems.hasRoom()) {
            problems.add(table.place(row), what);
        } else {
            problems.addUnshown();
        }
    }
}
