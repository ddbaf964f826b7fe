// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.audit;

import java.util.Arrays;
import org.sllmr.data.Samples;

/**
 * The placement of every sample by a scorer: for a positive the share of negatives below it, for a negative the share
 * of positives above it; ties count half. Their mean is the AUC, and their variance gives its standard error (DeLong,
 * DeLong and Clarke-Pearson 1988).
 *
 * @param positives placements of the positives, in the order of the rows
 * @param negatives placements of the negatives, in the order of the rows
 */
record Placements(double[] positives, double[] negatives) {
    /** The placements of some rows. */
    static Placements of(float[] scores, Samples samples, int[] rows) {
        float[] positive = pick(scores, samples, rows, 1);
        float[] negative = pick(scores, samples, rows, 0);
        float[] sortedPositive = sorted(positive);
        float[] sortedNegative = sorted(negative);
        double[] ofPositives = new double[positive.length];
        for (int index = 0; index < positive.length; index++) {
            ofPositives[index] = shareBelow(sortedNegative, positive[index]);
        }
        double[] ofNegatives = new double[negative.length];
        for (int index = 0; index < negative.length; index++) {
            ofNegatives[index] = 1 - shareBelow(sortedPositive, negative[index]);
        }
        return new Placements(ofPositives, ofNegatives);
    }

    /** Whether there are enough positives and negatives for a variance. */
    boolean hasVariance() {
        return positives.length > 1 && negatives.length > 1;
    }

    double auc() {
        return mean(positives);
    }

    /** Standard error of the AUC. */
    double standardError() {
        return Math.sqrt(variance(positives) / positives.length + variance(negatives) / negatives.length);
    }

    /** The differences from another scorer's placements of the same rows, whose mean is the difference of the AUCs. */
    Placements minus(Placements other) {
        return new Placements(difference(positives, other.positives), difference(negatives, other.negatives));
    }

    private static double[] difference(double[] left, double[] right) {
        double[] difference = new double[left.length];
        Arrays.setAll(difference, index -> left[index] - right[index]);
        return difference;
    }

    private static float[] pick(float[] scores, Samples samples, int[] rows, int label) {
        float[] picked = new float[rows.length];
        int size = 0;
        for (int row : rows) {
            if (samples.label(row) == label) {
                picked[size++] = scores[row];
            }
        }
        return Arrays.copyOf(picked, size);
    }

    private static float[] sorted(float[] values) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    private static double shareBelow(float[] sorted, float value) {
        int below = first(sorted, value, false);
        int notAbove = first(sorted, value, true);
        return (below + notAbove) / (2.0 * sorted.length);
    }

    /** Index of the first value that is not below {@code limit}, or the first above it. */
    private static int first(float[] sorted, float limit, boolean above) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < limit || (above && sorted[middle] == limit)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double variance(double[] values) {
        double mean = mean(values);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return squares / (values.length - 1);
    }
}
