// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation.significance;

import java.util.Arrays;
import org.sllmr.data.Samples;

/**
 * The AUC of one model's rows when each user counts a whole number of times; sorts once, then needs one pass per draw.
 */
final class WeightedAuc {
    /** Rows in rising order of score: twice the user's number, plus 1 where the row is a positive. */
    private final int[] rows;
    /** Whether a row has the same score as the row before it. */
    private final boolean[] tied;

    /**
     * Sorts the rows.
     *
     * @param owners the user of each of {@code rows}, numbered from 0
     */
    WeightedAuc(float[] logits, Samples samples, int[] rows, int[] owners) {
        // The upper half of a key holds the score's bits, changed to rise with the score, the lower half the index, so
        // that
        // one primitive sort orders both.
        long[] keys = new long[rows.length];
        for (int index = 0; index < keys.length; index++) {
            int bits = Float.floatToIntBits(logits[rows[index]] + 0f);
            keys[index] = ((long) (bits ^ ((bits >> 31) & 0x7fffffff)) << 32) | index;
        }
        Arrays.sort(keys);
        this.rows = new int[rows.length];
        this.tied = new boolean[rows.length];
        for (int index = 0; index < keys.length; index++) {
            int source = (int) keys[index];
            this.rows[index] = 2 * owners[source] + samples.label(rows[source]);
            this.tied[index] = index > 0 && keys[index] >> 32 == keys[index - 1] >> 32;
        }
    }

    /** The AUC with each user's rows counted {@code weights[user]} times; NaN if a class is missing. */
    double of(int[] weights) {
        long twiceWins = 0;
        long negatives = 0;
        long positives = 0;
        long tiedNegatives = 0;
        long tiedPositives = 0;
        for (int index = 0; index < rows.length; index++) {
            if (!tied[index]) {
                twiceWins += tiedPositives * (2 * negatives + tiedNegatives);
                negatives += tiedNegatives;
                positives += tiedPositives;
                tiedNegatives = 0;
                tiedPositives = 0;
            }
            int weight = weights[rows[index] >> 1];
            if ((rows[index] & 1) == 1) {
                tiedPositives += weight;
            } else {
                tiedNegatives += weight;
            }
        }
        twiceWins += tiedPositives * (2 * negatives + tiedNegatives);
        negatives += tiedNegatives;
        positives += tiedPositives;
        return twiceWins / (2.0 * positives * negatives);
    }
}
