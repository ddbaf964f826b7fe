// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.util.ArrayList;
import java.util.List;
import org.sllmr.data.Samples;
import org.sllmr.data.numeric.Logistic;

/**
 * How the predicted probabilities of the test samples are spread, positives apart from negatives.
 *
 * @param positives number of positives whose probability lies in each of {@link #BINS} equal parts of [0, 1]
 * @param negatives the same of negatives
 */
public record ScoreHistogram(List<Integer> positives, List<Integer> negatives) {
    /** Number of parts; the last one holds probability 1 as well. */
    public static final int BINS = 25;

    /** Copies the lists and checks their lengths. */
    public ScoreHistogram {
        positives = List.copyOf(positives);
        negatives = List.copyOf(negatives);
        if (positives.size() != BINS || negatives.size() != BINS) {
            throw new IllegalArgumentException(
                    positives.size() + " and " + negatives.size() + " counts, a histogram has " + BINS);
        }
    }

    /**
     * Counts the samples.
     *
     * @param logits one a sample, none NaN
     */
    public static ScoreHistogram of(float[] logits, Samples samples) {
        int[][] counts = new int[2][BINS];
        for (int row = 0; row < logits.length; row++) {
            double probability = Logistic.sigmoid(logits[row]);
            counts[samples.label(row)][Math.min(BINS - 1, (int) (probability * BINS))]++;
        }
        return new ScoreHistogram(list(counts[1]), list(counts[0]));
    }

    /** The counts of both together. */
    public ScoreHistogram plus(ScoreHistogram other) {
        return new ScoreHistogram(sum(positives, other.positives), sum(negatives, other.negatives));
    }

    private static List<Integer> sum(List<Integer> one, List<Integer> other) {
        List<Integer> sums = new ArrayList<>();
        for (int bin = 0; bin < BINS; bin++) {
            sums.add(one.get(bin) + other.get(bin));
        }
        return sums;
    }

    private static List<Integer> list(int[] counts) {
        List<Integer> list = new ArrayList<>();
        for (int count : counts) {
            list.add(count);
        }
        return list;
    }
}
