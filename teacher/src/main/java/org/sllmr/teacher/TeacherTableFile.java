// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.file.ColumnFile;

/**
 * A teacher table with its provenance, as a file.
 *
 * @param provenance what it was made from
 * @param table the scores
 */
public record TeacherTableFile(ScoreProvenance provenance, TeacherTable table) {
    private static final ColumnFile.Format FORMAT = new ColumnFile.Format(
            "sllmr teacher table",
            2,
            "score again: candidates that have an answer in the store are not asked about again");

    /**
     * The same table with each user's scores in random order, which its provenance records.
     *
     * @see TeacherTable#shuffled
     */
    public TeacherTableFile shuffled(Seed seed) {
        Map<String, String> settings = new LinkedHashMap<>(provenance.settings());
        settings.put("shuffleSeed", Long.toString(seed.value()));
        ScoreProvenance shuffled = new ScoreProvenance(
                "shuffled " + provenance.teacher(),
                provenance.model(),
                settings,
                provenance.dataset(),
                provenance.datasetHash(),
                provenance.seed(),
                provenance.planned(),
                provenance.answered(),
                provenance.asked(),
                provenance.scored(),
                provenance.usersScored(),
                provenance.itemsScored());
        return new TeacherTableFile(shuffled, table.shuffled(seed.child("shuffled scores")));
    }

    /** Writes the table to a file, whole or not at all. */
    public void write(Path file) throws IOException {
        boolean[] heldOut = table.heldOut();
        byte[] codes = new byte[heldOut.length];
        for (int user = 0; user < codes.length; user++) {
            codes[user] = (byte) (heldOut[user] ? 1 : 0);
        }
        ColumnFile.write(
                file,
                FORMAT,
                provenance,
                List.of(
                        new ColumnFile.Ints(table.offsets()),
                        new ColumnFile.Ints(table.items()),
                        new ColumnFile.Floats(table.scores()),
                        new ColumnFile.Bytes(codes)));
    }

    /**
     * Reads a table.
     *
     * @throws InvalidInputException if the file is damaged or not a teacher table
     */
    public static TeacherTableFile read(Path file) throws IOException {
        ColumnFile.Contents<ScoreProvenance> contents = ColumnFile.read(
                file,
                FORMAT,
                ScoreProvenance.class,
                List.of(ColumnFile.Type.INTS, ColumnFile.Type.INTS, ColumnFile.Type.FLOATS, ColumnFile.Type.BYTES));
        byte[] codes = contents.bytes(3);
        boolean[] heldOut = new boolean[codes.length];
        for (int user = 0; user < codes.length; user++) {
            heldOut[user] = codes[user] != 0;
        }
        try {
            return new TeacherTableFile(
                    contents.header(),
                    new TeacherTable(contents.ints(0), contents.ints(1), contents.floats(2), heldOut));
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    file.toString(), "is not a teacher table: " + e.getMessage() + "; " + FORMAT.remedy());
        }
    }

    /**
     * Reads a table that was made for this dataset.
     *
     * @throws InvalidInputException if it was made for another dataset, with other users and items
     */
    public static TeacherTableFile read(Path file, TrainingData data) throws IOException {
        TeacherTableFile read = read(file);
        read.check(file, data);
        return read;
    }

    /**
     * Checks that the table was made for this dataset.
     *
     * @param file its file, for the message
     * @throws InvalidInputException if it was made for another dataset, with other users and items
     */
    public void check(Path file, TrainingData data) {
        if (!provenance.datasetHash().equals(data.hash())
                || table.users() != data.log().users()) {
            throw new InvalidInputException(
                    file.toString(),
                    "has scores for dataset '" + provenance.dataset() + "' (" + provenance.datasetHash()
                            + "), not for '" + data.name() + "' (" + data.hash() + "); score this dataset");
        }
    }
}
