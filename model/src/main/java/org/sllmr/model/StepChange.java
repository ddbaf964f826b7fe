// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
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
    /** The row block of weights. */
    private static final int WEIGHTS = 0;

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
        long numbers = rows.length;
        for (List<float[]> blocks : List.of(rowBlocks, network)) {
            for (float[] block : blocks) {
                numbers += block.length;
            }
        }
        return numbers * Float.BYTES;
    }

    /**
     * What the same steps have changed in several places that began alike.
     *
     * <p>Of the network it is the mean. The weights of a row are moved by the sum of its movements, as if its gradients had come
     * one after the other in one place; its moments become the mean of those where it had a gradient. For a row that one place
     * alone has moved, such as that of a user whose samples are all there, the result is what it became there, to the last
     * bit.
     *
     * <p>Sums are in double precision, in the order of the list.
     *
     * @param changes at least one, of the same steps
     * @param before weights, first and second moments of rows as all places had them: {@code [rows, width]} each
     * @throws IllegalArgumentException if they are not of the same steps and shape
     */
    static StepChange together(List<StepChange> changes, Function<int[], List<float[]>> before) {
        StepChange one = changes.get(0);
        if (changes.size() == 1) {
            return one;
        }
        int last = -1;
        for (StepChange other : changes) {
            if (other.since != one.since || other.steps != one.steps || other.learningRate != one.learningRate) {
                throw new IllegalArgumentException("changes of different steps");
            }
            last = Math.max(last, other.rows.length == 0 ? -1 : other.rows[other.rows.length - 1]);
        }
        int[] places = new int[last + 1];
        changes.forEach(change -> Arrays.stream(change.rows).forEach(row -> places[row]++));
        int[] rows =
                IntStream.rangeClosed(0, last).filter(row -> places[row] > 0).toArray();
        int[] ofRows = Arrays.stream(rows).map(row -> places[row]).toArray();
        List<float[]> from = before.apply(rows);
        List<float[]> blocks = IntStream.range(0, from.size())
                .mapToObj(block -> moved(changes, block, rows, ofRows, from.get(block)))
                .toList();
        List<float[]> network = IntStream.range(0, one.network.size())
                .mapToObj(block -> means(changes.stream()
                        .map(change -> change.network.get(block))
                        .toList()))
                .toList();
        return new StepChange(one.since, one.steps, one.learningRate, rows, blocks, network);
    }

    private static float[] moved(List<StepChange> changes, int block, int[] rows, int[] places, float[] from) {
        int width = rows.length == 0 ? 0 : from.length / rows.length;
        double[] sums = new double[from.length];
        float[] moved = new float[from.length];
        for (StepChange change : changes) {
            float[] values = change.rowBlocks.get(block);
            if (values.length != change.rows.length * width) {
                throw new IllegalArgumentException(
                        values.length + " floats for " + change.rows.length + " rows of " + width);
            }
            int slot = 0;
            for (int own = 0; own < change.rows.length; own++) {
                while (rows[slot] != change.rows[own]) {
                    slot++;
                }
                for (int d = 0; d < width; d++) {
                    int to = slot * width + d;
                    float value = values[own * width + d];
                    sums[to] += block == WEIGHTS ? (double) value - from[to] : value;
                    moved[to] = value;
                }
            }
        }
        for (int at = 0; at < moved.length; at++) {
            int count = places[at / width];
            if (count > 1) {
                moved[at] = (float) (block == WEIGHTS ? from[at] + sums[at] : sums[at] / count);
            }
        }
        return moved;
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
