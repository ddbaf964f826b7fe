// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What some steps of a training have changed: the embedding rows that had a gradient, and the network. All other rows
 * follow from the state before, since a step moves them without looking at data.
 *
 * @param since number of steps made before
 * @param steps number of steps made after, at least {@code since}
 * @param learningRate of these steps
 * @param rows the rows, rising
 * @param rowBlocks weights, first and second moments of these rows after the steps: {@code [rows, width]} each
 * @param network parameters, their first and second moments, and running statistics after the steps
 */
public record StepChange(
        int since, int steps, double learningRate, int[] rows, List<float[]> rowBlocks, List<float[]> network) {
    /** Copies the lists, not the floats. */
    public StepChange {
        rowBlocks = List.copyOf(rowBlocks);
        network = List.copyOf(network);
        if (since < 0 || steps < since) {
            throw new IllegalArgumentException("a change from step " + since + " to " + steps);
        }
    }

    /** Size of the numbers it has. */
    public long bytes() {
        long floats = rows.length;
        for (List<float[]> blocks : List.of(rowBlocks, network)) {
            for (float[] block : blocks) {
                floats += block.length;
            }
        }
        return floats * Float.BYTES;
    }

    /**
     * The mean of what the same steps have changed in several places, which began alike: of the network over all of them, of a
     * row over those that had a gradient for it. For a row that one place alone had, such as that of a user whose samples
     * are all there, that is what it became there; the others only let it drift.
     *
     * <p>Sums are taken in the order of the list, in double precision. The mean of one change has its bits.
     *
     * @param changes at least one, of the same steps
     * @throws IllegalArgumentException if they are not of the same steps and shape
     */
    public static StepChange mean(List<StepChange> changes) {
        StepChange one = changes.get(0);
        if (changes.size() == 1) {
            return one;
        }
        for (StepChange other : changes) {
            if (other.since != one.since || other.steps != one.steps || other.learningRate != one.learningRate) {
                throw new IllegalArgumentException("changes of different steps");
            }
        }
        int last = changes.stream()
                .flatMapToInt(change -> Arrays.stream(change.rows))
                .max()
                .orElse(-1);
        int[] places = new int[last + 1];
        changes.forEach(change -> Arrays.stream(change.rows).forEach(row -> places[row]++));
        int[] rows =
                IntStream.rangeClosed(0, last).filter(row -> places[row] > 0).toArray();
        List<float[]> blocks = IntStream.range(0, one.rowBlocks.size())
                .mapToObj(block -> rowMeans(changes, block, rows, places))
                .toList();
        List<float[]> network = IntStream.range(0, one.network.size())
                .mapToObj(block -> means(changes.stream()
                        .map(change -> change.network.get(block))
                        .toList()))
                .toList();
        return new StepChange(one.since, one.steps, one.learningRate, rows, blocks, network);
    }

    private static float[] rowMeans(List<StepChange> changes, int block, int[] rows, int[] places) {
        int width = width(changes, block);
        double[] sums = new double[Math.multiplyExact(rows.length, width)];
        // To which -0 can be added.
        Arrays.fill(sums, -0.0);
        for (StepChange change : changes) {
            float[] values = change.rowBlocks.get(block);
            if (values.length != change.rows.length * width) {
                throw new IllegalArgumentException(
                        values.length + " floats for " + change.rows.length + " rows of " + width);
            }
            int slot = 0;
            for (int from = 0; from < change.rows.length; from++) {
                while (rows[slot] != change.rows[from]) {
                    slot++;
                }
                for (int d = 0; d < width; d++) {
                    sums[slot * width + d] += values[from * width + d];
                }
            }
        }
        float[] means = new float[sums.length];
        for (int at = 0; at < means.length; at++) {
            means[at] = (float) (sums[at] / places[rows[at / width]]);
        }
        return means;
    }

    /** Floats of a row, as the first change with rows has it. */
    private static int width(List<StepChange> changes, int block) {
        return changes.stream()
                .filter(change -> change.rows.length > 0)
                .mapToInt(change -> change.rowBlocks.get(block).length / change.rows.length)
                .findFirst()
                .orElse(0);
    }

    private static float[] means(List<float[]> blocks) {
        float[] means = new float[blocks.get(0).length];
        for (int at = 0; at < means.length; at++) {
            double sum = 0;
            for (float[] block : blocks) {
                if (block.length != means.length) {
                    throw new IllegalArgumentException(block.length + " floats beside " + means.length);
                }
                sum += block[at];
            }
            means[at] = (float) (sum / blocks.size());
        }
        return means;
    }
}
