// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.List;

/**
 * What some steps of a training have changed: the embedding rows that had a gradient, and the network. All other rows
 * follow from the state before, since a step moves them without looking at data.
 *
 * @param since number of steps made before
 * @param steps number of steps made after, at least {@code since}
 * @param learningRate of these steps
 * @param rows the rows, rising
 * @param counts number of these steps in which each of the rows had a gradient, at least 1
 * @param rowBlocks weights, first and second moments of these rows after the steps: {@code [rows, width]} each
 * @param network parameters, their first and second moments, and running statistics after the steps
 */
public record StepChange(
        int since,
        int steps,
        double learningRate,
        int[] rows,
        int[] counts,
        List<float[]> rowBlocks,
        List<float[]> network) {
    /** Copies the lists, not the floats. */
    public StepChange {
        rowBlocks = List.copyOf(rowBlocks);
        network = List.copyOf(network);
        if (since < 0 || steps < since) {
            throw new IllegalArgumentException("a change from step " + since + " to " + steps);
        }
        if (counts.length != rows.length) {
            throw new IllegalArgumentException(counts.length + " counts for " + rows.length + " rows");
        }
    }

    /** Size of the numbers it has. */
    public long bytes() {
        long numbers = (long) rows.length + counts.length;
        for (List<float[]> blocks : List.of(rowBlocks, network)) {
            for (float[] block : blocks) {
                numbers += block.length;
            }
        }
        return numbers * Float.BYTES;
    }
}
