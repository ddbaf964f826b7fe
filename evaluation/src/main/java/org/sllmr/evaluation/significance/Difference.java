// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation.significance;

import org.sllmr.evaluation.Metric;

/**
 * The difference of a method from its baseline in one metric.
 *
 * @param metric the metric
 * @param pairing what the pairs are
 * @param pairs number of pairs
 * @param baseline mean of the baseline
 * @param value mean of the method
 * @param difference method minus baseline
 * @param interval confidence interval of the difference
 * @param confidence coverage of the interval, in (0, 1), such as 0.95
 * @param pValue two-sided p value of this difference by itself
 * @param corrected the p value after Holm's correction over the table that contains the difference
 * @param effectSize Cohen's d_z: the signed mean difference in standard deviations of the pairs' differences; infinite
 *     if these are all equal
 */
public record Difference(
        Metric metric,
        Pairing pairing,
        int pairs,
        double baseline,
        double value,
        double difference,
        Interval interval,
        double confidence,
        PValue pValue,
        PValue corrected,
        double effectSize) {

    /** Whether the corrected p value is below one minus the confidence level; never if the difference is 0. */
    public boolean significant() {
        return corrected.value() < 1 - confidence && difference != 0;
    }

    /** The conclusion from the corrected p value. */
    public Verdict verdict() {
        if (!significant()) {
            return Verdict.NOT_SIGNIFICANT;
        }
        return difference > 0 == metric.higherIsBetter() ? Verdict.BETTER : Verdict.WORSE;
    }

    Difference withCorrected(PValue amongOthers) {
        return new Difference(
                metric,
                pairing,
                pairs,
                baseline,
                value,
                difference,
                interval,
                confidence,
                pValue,
                amongOthers,
                effectSize);
    }
}
