// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.util.ArrayList;
import java.util.List;
import org.sllmr.data.Samples;
import org.sllmr.data.numeric.Logistic;

/**
 * Histograms of the predicted probabilities of the test samples' positives and negatives.
 *
 * @param positives number of positives in each of {@link #BINS} equal bins of [0, 1]
 * @param negatives the same for negatives
 */
public record ScoreHistogram(List<Integer> positives, List<Integer> negatives) {
    /** Number of bins; the last one includes probability 1. */
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
     * Counts samples.
     *
     * @param logits one for each sample, none NaN
     */
    public static ScoreHistogram of(float[] logits, Samples samples) {
        int[][] counts = new int[2][BINS];
        for (int row = 0; row < logits.length; row++) {
            double probability = Logistic.sigmoid(logits[row]);
            counts[samples.label(row)][Math.min(BINS - 1, (int) (probability * BINS))]++;
        }
        return new ScoreHistogram(list(counts[1]), list(counts[0]));
    }

    /** The sum of two histograms. */
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
