// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import java.util.random.RandomGenerator;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;

/** The order in which an epoch visits the training samples, cut into batches. */
final class SampleOrder {
    /** Number of rows that stay together: 1, or a positive and its negatives. */
    private final int unit;

    private int batchUnits;
    private final int[] firstRows;
    private int batches;

    /** The stored order, row by row, or group by group if the objective compares within groups. */
    SampleOrder(Samples samples, TrainingSettings settings) {
        this.unit = settings.objective().grouped() ? samples.groupSize() : 1;
        this.batchUnits = Math.max(1, settings.batchSize() / unit);
        this.firstRows = new int[samples.size() / unit];
        this.batches = batches(firstRows.length);
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
        return batches;
    }

    private int batches(int units) {
        return (units + batchUnits - 1) / batchUnits;
    }

    /**
     * Divides each batch among several shares: these samples have one part of it. There are as many batches as the largest
     * share has parts; the other shares cut their samples evenly into these.
     *
     * @param largest number of samples of the largest share
     * @param shares number of shares
     * @throws InvalidInputException if there are not enough
     */
    void cut(int largest, int shares) {
        batchUnits = Math.max(1, batchUnits / shares);
        batches = batches(largest / unit);
        if (batches > firstRows.length) {
            throw new InvalidInputException(
                    "workers",
                    "are " + shares + ", and one has " + firstRows.length * unit + " samples for the " + batches
                            + " steps that another one needs for its " + largest
                            + "; choose fewer workers, or a larger training.batchSize");
        }
    }

    /** The sample rows of a batch; the last batch holds the remaining ones. */
    int[] batch(int number) {
        boolean even = batches != batches(firstRows.length);
        int from = even ? even(number) : number * batchUnits;
        int to = even ? even(number + 1) : Math.min(from + batchUnits, firstRows.length);
        int[] rows = new int[(to - from) * unit];
        for (int index = 0; index < rows.length; index++) {
            rows[index] = firstRows[from + index / unit] + index % unit;
        }
        return rows;
    }

    private int even(int number) {
        return (int) ((long) number * firstRows.length / batches);
    }
}
