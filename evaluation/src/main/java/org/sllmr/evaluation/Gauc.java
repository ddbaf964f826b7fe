// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.sllmr.data.Samples;

/**
 * Grouped AUC: the mean over users of each user's own AUC (Zhu et al., "Optimized Cost per Click in Taobao Display
 * Advertising", KDD 2017, Section 4.1).
 *
 * <p>Users whose rows are of one class have no AUC and are left out. Several weightings go by this name, so the caller
 * must choose one. If all users have equally many positives and equally many negatives, as in leave-one-out, all
 * weightings agree.
 */
final class Gauc {
    /** The weight of a user. */
    public enum Weighting {
        /** The number of the user's rows: the source's weighting by impressions. */
        IMPRESSIONS,
        /** The number of the user's positives: the source's weighting by clicks. */
        POSITIVES,
        /** The same for all users. */
        USERS
    }

    private Gauc() {}

    /**
     * The grouped AUC of some rows.
     *
     * @param logits one score per row of {@code samples}
     * @param samples the labelled rows
     * @param rows the rows that count, in any order
     * @param weighting the weight of a user
     * @return a value in [0, 1]; empty unless a user has both a positive and a negative among the rows
     * @throws IllegalArgumentException if the scores do not match the samples, or that of a row that counts is NaN
     */
    public static OptionalDouble of(float[] logits, Samples samples, int[] rows, Weighting weighting) {
        Auc.checkAligned(logits, samples);
        int[] users = samples.instances().users();
        // One primitive sort groups rows by user: the user is in the upper half of the key, the row in the lower.
        long[] keys = Arrays.stream(rows)
                .mapToLong(row -> (long) users[row] << 32 | row)
                .sorted()
                .toArray();
        int[] sorted = Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
        double sum = 0;
        double weights = 0;
        for (int from = 0, to; from < sorted.length; from = to) {
            to = from + 1;
            while (to < sorted.length && users[sorted[to]] == users[sorted[from]]) {
                to++;
            }
            int[] own = Arrays.copyOfRange(sorted, from, to);
            OptionalDouble auc = Auc.of(logits, samples, own);
            if (auc.isPresent()) {
                double weight = weight(samples, own, weighting);
                sum += weight * auc.getAsDouble();
                weights += weight;
            }
        }
        return weights == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / weights);
    }

    private static int weight(Samples samples, int[] rows, Weighting weighting) {
        return switch (weighting) {
            case IMPRESSIONS -> rows.length;
            case POSITIVES -> Arrays.stream(rows).map(samples::label).sum();
            case USERS -> 1;
        };
    }
}
