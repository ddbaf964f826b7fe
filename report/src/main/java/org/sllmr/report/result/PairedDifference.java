// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.result;

/**
 * The difference of a method to its baseline over pairs.
 *
 * @param mean mean of method minus baseline
 * @param low lower end of the confidence interval
 * @param high upper end of the confidence interval
 * @param confidence confidence level of the interval, in (0, 1), such as 0.95
 * @param pValue two-sided p value in [0, 1], of this difference by itself
 * @param corrected the same corrected for the differences that it is judged together with; the p value where it stands alone
 * @param effectSize Cohen's d_z: the mean in standard deviations of a pair's difference, signed; infinite where pairs do
 *     not differ in it, not a number where pairs were resampled and have no difference each
 * @param n number of pairs
 */
public record PairedDifference(
        double mean,
        double low,
        double high,
        double confidence,
        double pValue,
        double corrected,
        double effectSize,
        int n) {
    /** The same difference, judged together with others. */
    public PairedDifference withCorrected(double pValueAmongOthers) {
        return new PairedDifference(mean, low, high, confidence, pValue, pValueAmongOthers, effectSize, n);
    }

    /** Whether the corrected p value is below one minus the confidence level. */
    public boolean significant() {
        return corrected < 1 - confidence;
    }
}
