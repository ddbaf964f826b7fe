// SPDX-License-Identifier: Apache-2.0
package org.sllmr.experiments.result;

/**
 * The difference of a method to its baseline over pairs.
 *
 * @param mean mean of method minus baseline
 * @param low lower end of the confidence interval
 * @param high upper end of the confidence interval
 * @param confidence confidence level of the interval, in (0, 1), such as 0.95
 * @param pValue two-sided p value in [0, 1]
 * @param n number of pairs
 */
public record PairedDifference(double mean, double low, double high, double confidence, double pValue, int n) {
    /** Whether the p value is below one minus the confidence level. */
    public boolean significant() {
        return pValue < 1 - confidence;
    }
}
