// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation.significance;

import java.util.stream.IntStream;

/**
 * Holm's correction for several tests at once (Holm, "A simple sequentially rejective multiple test procedure", 1979).
 *
 * <p>Of m p-values in rising order, number i (from 1) is multiplied by m - i + 1, and each is at least the previous
 * one. If those below 0.05 are called significant, the probability of any error among the m is at most 0.05, even if
 * the tests depend on each other.
 */
final class Holm {
    private Holm() {}

    /**
     * The corrected p-values.
     *
     * @param pValues in any order, each in [0, 1]
     * @return one for each p-value, in the same order, each in [0, 1]
     */
    static double[] correct(double[] pValues) {
        int[] order = IntStream.range(0, pValues.length)
                .boxed()
                .sorted((one, other) -> Double.compare(pValues[one], pValues[other]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] corrected = new double[pValues.length];
        double largest = 0;
        for (int place = 0; place < order.length; place++) {
            double pValue = pValues[order[place]];
            if (!(pValue >= 0 && pValue <= 1)) {
                throw new IllegalArgumentException("p-value " + pValue + " is not in [0, 1]");
            }
            largest = Math.max(largest, Math.min(1, (order.length - place) * pValue));
            corrected[order[place]] = largest;
        }
        return corrected;
    }
}
