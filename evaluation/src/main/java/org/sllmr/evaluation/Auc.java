// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.sllmr.data.Samples;

/**
 * Area under the ROC curve: the share of (positive, negative) pairs in which the positive scores higher.
 *
 * <p>A tied pair counts one half (Mann and Whitney 1947), so a constant model has exactly 0.5, and the order of the
 * rows does not matter. Pairs are counted in whole numbers; only the last division rounds.
 */
public final class Auc {
    private Auc() {}

    /**
     * The pooled AUC of some rows.
     *
     * @param logits one score per row of {@code samples}
     * @param samples the labelled rows
     * @param rows the rows that count, in any order
     * @return a value in [0, 1]; empty unless both a positive and a negative are among the rows
     * @throws IllegalArgumentException if the scores do not match the samples, or that of a row that counts is NaN
     */
    public static OptionalDouble of(float[] logits, Samples samples, int[] rows) {
        checkAligned(logits, samples);
        int positives = 0;
        for (int row : rows) {
            positives += samples.label(row);
        }
        float[] positiveScores = new float[positives];
        float[] negativeScores = new float[rows.length - positives];
        int positive = 0;
        int negative = 0;
        for (int row : rows) {
            if (samples.label(row) == 1) {
                positiveScores[positive++] = logits[row];
            } else {
                negativeScores[negative++] = logits[row];
            }
        }
        return ofUnsorted(positiveScores, negativeScores);
    }

    /**
     * The AUC of the scores of positives and negatives; the arrays are not changed.
     *
     * @param positives scores of the positives
     * @param negatives scores of the negatives
     * @return a value in [0, 1]; empty if there are no positives or no negatives
     * @throws IllegalArgumentException if a score is NaN
     */
    public static OptionalDouble of(float[] positives, float[] negatives) {
        return ofUnsorted(positives.clone(), negatives.clone());
    }

    static void checkAligned(float[] logits, Samples samples) {
        if (logits.length != samples.size()) {
            throw new IllegalArgumentException(logits.length + " scores for " + samples.size() + " samples");
        }
    }

    private static OptionalDouble ofUnsorted(float[] positives, float[] negatives) {
        Arrays.sort(positives);
        Arrays.sort(negatives);
        checkNumbers(positives);
        checkNumbers(negatives);
        if (positives.length == 0 || negatives.length == 0) {
            return OptionalDouble.empty();
        }
        long twiceWins = 0;
        int below = 0;
        int upTo = 0;
        for (float score : positives) {
            while (below < negatives.length && negatives[below] < score) {
                below++;
            }
            while (upTo < negatives.length && negatives[upTo] <= score) {
                upTo++;
            }
            twiceWins += below + (long) upTo;
        }
        return OptionalDouble.of(twiceWins / (2.0 * positives.length * negatives.length));
    }

    private static void checkNumbers(float[] sorted) {
        // NaN sorts last.
        if (sorted.length > 0 && Float.isNaN(sorted[sorted.length - 1])) {
            throw new IllegalArgumentException("a score is NaN; the model has diverged");
        }
    }
}
