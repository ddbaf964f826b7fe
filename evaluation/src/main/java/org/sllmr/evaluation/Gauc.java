// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.sllmr.data.Samples;

/**
 * Grouped AUC: the mean over users of each user's own AUC (Zhu et al., "Optimized Cost per Click in Taobao Display
 * Advertising", KDD 2017, Section 4.1).
 *
 * <p>Users whose rows are of one class have no AUC and are left out. There are several weightings in use under one name, so
 * this one has to be told. Where every user has the same number of positives and of negatives, as in leave-one-out, they
 * are one number.
 */
final class Gauc {
    /** What a user counts. */
    public enum Weighting {
        /** As much as the user has rows: the source's, with impressions. */
        IMPRESSIONS,
        /** As much as the user has positives: the source's, with clicks. */
        POSITIVES,
        /** As much as any other user. */
        USERS
    }

    private Gauc() {}

    /**
     * The grouped AUC of some rows.
     *
     * @param logits one score a row of {@code samples}
     * @param samples the labelled rows
     * @param rows the rows to look at, in any order
     * @param weighting what a user counts
     * @return a value in [0, 1]; empty unless a user has both a positive and a negative among the rows
     * @throws IllegalArgumentException if the scores do not match the samples, or one that is looked at is NaN
     */
    public static OptionalDouble of(float[] logits, Samples samples, int[] rows, Weighting weighting) {
        Auc.checkAligned(logits, samples);
        int[] users = samples.instances().users();
        // One primitive sort brings the rows of a user together: the user stands above the row.
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
