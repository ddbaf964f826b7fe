// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.describe;

import java.util.Arrays;

/**
 * Quantiles of some numbers: the smallest number such that at least the given share of them is no larger; all 0 if
 * there are none.
 *
 * @param least smallest
 * @param fivePercent 5 % quantile
 * @param quarter first quartile
 * @param median median
 * @param threeQuarters third quartile
 * @param ninetyFivePercent 95 % quantile
 * @param greatest largest
 * @param mean arithmetic mean
 */
public record Distribution(
        double least,
        double fivePercent,
        double quarter,
        double median,
        double threeQuarters,
        double ninetyFivePercent,
        double greatest,
        double mean) {
    static Distribution of(float[] values) {
        Arrays.sort(values);
        return ofSorted(values);
    }

    static Distribution ofSorted(float[] sorted) {
        double sum = 0;
        for (float value : sorted) {
            sum += value;
        }
        return new Distribution(
                quantile(sorted, 0),
                quantile(sorted, 0.05),
                quantile(sorted, 0.25),
                quantile(sorted, 0.5),
                quantile(sorted, 0.75),
                quantile(sorted, 0.95),
                quantile(sorted, 1),
                sorted.length == 0 ? 0 : sum / sorted.length);
    }

    private static double quantile(float[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
