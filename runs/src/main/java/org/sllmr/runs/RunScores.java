// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Samples;
import org.sllmr.data.file.ColumnFile;
import org.sllmr.data.file.FolderChecksums;
import org.sllmr.data.file.InputFile;
import org.sllmr.data.file.Sha256;

/**
 * The score of each sample of a split, in the dataset's order: every metric of the samples can be computed from them, without
 * the network.
 *
 * @param users user of each sample: {@code [samples]}
 * @param items item of each sample: {@code [samples]}
 * @param lists number of the list that a sample belongs to, such as its impression, or a positive and its negatives; -1 where
 *     samples have none: {@code [samples]}
 * @param labels 0 or 1: {@code [samples]}
 * @param logits what the run scores with, before the sigmoid: {@code [samples]}
 */
public record RunScores(int[] users, int[] items, int[] lists, byte[] labels, float[] logits) {
    private static final ColumnFile.Format FORMAT =
            new ColumnFile.Format("sllmr sample scores", 1, "restore it, or train again");
    private static final List<ColumnFile.Type> COLUMNS = List.of(
            ColumnFile.Type.INTS,
            ColumnFile.Type.INTS,
            ColumnFile.Type.INTS,
            ColumnFile.Type.BYTES,
            ColumnFile.Type.FLOATS);

    /** Checks the lengths. */
    public RunScores {
        if (items.length != users.length
                || lists.length != users.length
                || labels.length != users.length
                || logits.length != users.length) {
            throw new IllegalArgumentException("columns of different lengths");
        }
    }

    /** The names of the columns, in their order. */
    private record Header(List<String> columns) {}

    /**
     * The scores of samples.
     *
     * @param logits one for each sample
     */
    public static RunScores of(float[] logits, Samples samples) {
        byte[] labels = new byte[logits.length];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = (byte) samples.label(row);
        }
        int[] lists = new int[logits.length];
        Arrays.fill(lists, -1);
        return new RunScores(
                samples.instances().users().clone(),
                samples.instances().items().clone(),
                samples.lists().known() ? samples.lists().ofRows() : lists,
                labels,
                logits.clone());
    }

    /** The name of a split's file in a run folder. */
    static String file(String split) {
        return "samples-" + split + ".scores";
    }

    /** Whether they are scores of these samples. */
    boolean areOf(Samples samples) {
        return Arrays.equals(users, samples.instances().users())
                && Arrays.equals(items, samples.instances().items());
    }

    void write(Path file) throws IOException {
        ColumnFile.write(
                file,
                FORMAT,
                new Header(List.of("user", "item", "list", "label", "logit")),
                List.of(
                        new ColumnFile.Ints(users),
                        new ColumnFile.Ints(items),
                        new ColumnFile.Ints(lists),
                        new ColumnFile.Bytes(labels),
                        new ColumnFile.Floats(logits)));
    }

    static RunScores read(Path file, FolderChecksums listed) throws IOException {
        ColumnFile.Contents<Header> contents = ColumnFile.read(file, FORMAT, Header.class, COLUMNS);
        byte[] bytes = InputFile.bytes(file);
        listed.require(String.valueOf(file.getFileName()), new Sha256().update(bytes, 0, bytes.length));
        try {
            return new RunScores(
                    contents.ints(0), contents.ints(1), contents.ints(2), contents.bytes(3), contents.floats(4));
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(file.toString(), "has " + e.getMessage() + "; " + FORMAT.remedy());
        }
    }
}
