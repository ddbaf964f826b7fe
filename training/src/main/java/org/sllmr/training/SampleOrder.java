// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import java.util.random.RandomGenerator;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;

/** The order in which an epoch visits the training samples, cut into batches. */
final class SampleOrder {
    /** Number of rows that stay together: 1, or a positive and its negatives. */
    private final int unit;

    private final int batchRows;
    private final int[] firstRows;

    /** The stored order, row by row, or group by group if the objective compares within groups. */
    SampleOrder(Samples samples, TrainingSettings settings) {
        this.unit = settings.objective().grouped() ? samples.groupSize() : 1;
        this.batchRows = Math.max(1, settings.batchSize() / unit) * unit;
        this.firstRows = new int[samples.size() / unit];
        reset();
    }

    /** Fisher-Yates from the stored order, so that an epoch's order depends on its own seed only. */
    void shuffle(Seed epoch) {
        reset();
        RandomGenerator random = epoch.generator();
        for (int last = firstRows.length - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            int swapped = firstRows[last];
            firstRows[last] = firstRows[other];
            firstRows[other] = swapped;
        }
    }

    private void reset() {
        for (int index = 0; index < firstRows.length; index++) {
            firstRows[index] = index * unit;
        }
    }

    int batches() {
        return (rows() + batchRows - 1) / batchRows;
    }

    /** The sample rows of a batch; the last batch holds the remaining ones. */
    int[] batch(int number) {
        int from = number * batchRows;
        int[] rows = new int[Math.min(batchRows, rows() - from)];
        for (int index = 0; index < rows.length; index++) {
            int row = from + index;
            rows[index] = firstRows[row / unit] + row % unit;
        }
        return rows;
    }

    private int rows() {
        return firstRows.length * unit;
    }
}
