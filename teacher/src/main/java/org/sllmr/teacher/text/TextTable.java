// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sllmr.configuration.ArraySize;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.TrainingData;
import org.sllmr.data.file.ColumnFile;

/**
 * Texts of one kind, with their provenance.
 *
 * @param provenance what they were made from
 * @param subjects what each is about
 * @param texts one a subject, none blank
 */
public record TextTable(TextProvenance provenance, TextSubjects subjects, List<String> texts) {
    private static final ColumnFile.Format FORMAT = new ColumnFile.Format(
            "sllmr texts",
            1,
            "ask for the texts again: those that have an answer in the store are not asked for again");

    /** Copies the texts and checks that there is one for each subject. */
    public TextTable {
        texts = List.copyOf(texts);
        if (texts.size() != subjects.size()) {
            throw new IllegalArgumentException(texts.size() + " texts of " + subjects.size() + " subjects");
        }
    }

    /** What the texts are about. */
    public TextKind kind() {
        return provenance.kind();
    }

    /** Number of texts. */
    public int size() {
        return texts.size();
    }

    /** The number of an item's text, or -1. */
    public int ofItem(int item) {
        return subjects.indexOf(-1, 0, item, 0);
    }

    /** The number of a user's text, or -1. */
    public int ofUser(int user) {
        return user < 0 ? -1 : subjects.firstOf(user);
    }

    /** The number of a sample's text, or -1. */
    public int ofSample(int user, int position, int item, int label) {
        return subjects.indexOf(user, position, item, label);
    }

    static List<ColumnFile.Values> columns(TextSubjects subjects) {
        return List.of(
                new ColumnFile.Ints(subjects.users()),
                new ColumnFile.Ints(subjects.items()),
                new ColumnFile.Ints(subjects.positions()),
                new ColumnFile.Bytes(subjects.labels()));
    }

    /**
     * Writes the texts to a file, whole or not at all.
     *
     * @throws InvalidInputException if they have more bytes than an array can hold
     */
    public void write(Path file) throws IOException {
        int[] offsets = new int[size() + 1];
        long total = 0;
        List<byte[]> encoded = new ArrayList<>(size());
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            encoded.add(bytes);
            total += bytes.length;
            offsets[encoded.size()] =
                    ArraySize.of(total, file.toString(), "bytes of texts", "write the texts of fewer subjects");
        }
        ByteBuffer all = ByteBuffer.allocate((int) total);
        encoded.forEach(all::put);
        List<ColumnFile.Values> columns = new ArrayList<>(columns(subjects));
        columns.add(new ColumnFile.Ints(offsets));
        columns.add(new ColumnFile.Bytes(all.array()));
        ColumnFile.write(file, FORMAT, provenance, columns);
    }

    /**
     * Reads texts.
     *
     * @throws InvalidInputException if the file is damaged or has no texts
     */
    public static TextTable read(Path file) throws IOException {
        ColumnFile.Contents<TextProvenance> contents = ColumnFile.read(
                file,
                FORMAT,
                TextProvenance.class,
                List.of(
                        ColumnFile.Type.INTS,
                        ColumnFile.Type.INTS,
                        ColumnFile.Type.INTS,
                        ColumnFile.Type.BYTES,
                        ColumnFile.Type.INTS,
                        ColumnFile.Type.BYTES));
        try {
            return new TextTable(
                    contents.header(),
                    new TextSubjects(contents.ints(0), contents.ints(1), contents.ints(2), contents.bytes(3)),
                    texts(contents.ints(4), contents.bytes(5)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException | CharacterCodingException e) {
            throw new InvalidInputException(
                    file.toString(), "has no readable texts: " + e.getMessage() + "; " + FORMAT.remedy());
        }
    }

    private static List<String> texts(int[] offsets, byte[] bytes) throws CharacterCodingException {
        if (offsets.length == 0 || offsets[0] != 0 || offsets[offsets.length - 1] != bytes.length) {
            throw new IllegalArgumentException("offsets do not span the " + bytes.length + " bytes");
        }
        List<String> texts = new ArrayList<>(offsets.length - 1);
        for (int text = 0; text + 1 < offsets.length; text++) {
            texts.add(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, offsets[text], offsets[text + 1] - offsets[text]))
                    .toString());
        }
        return texts;
    }

    /** Whether a file is said to have texts; it may still be damaged. */
    public static boolean isFile(Path file) throws IOException {
        return ColumnFile.is(file, FORMAT);
    }

    /**
     * Reads texts that were made for this dataset.
     *
     * @throws InvalidInputException if they are for another dataset, or of another kind
     */
    public static TextTable read(Path file, TextKind kind, TrainingData data) throws IOException {
        TextTable read = read(file);
        if (read.kind() != kind) {
            throw new InvalidInputException(
                    file.toString(), "has texts of the kind " + read.kind() + ", but " + kind + " is needed here");
        }
        read.check(file, data);
        return read;
    }

    /**
     * Checks that the texts were made for this dataset.
     *
     * @param file their file, for the message
     * @throws InvalidInputException if they are for another dataset, with other users and items
     */
    public void check(Path file, TrainingData data) {
        if (!provenance.datasetHash().equals(data.hash())) {
            throw new InvalidInputException(
                    file.toString(),
                    "has texts for dataset '" + provenance.dataset() + "' (" + provenance.datasetHash() + "), not for '"
                            + data.name() + "' (" + data.hash() + "); ask for the texts of this dataset");
        }
    }
}
