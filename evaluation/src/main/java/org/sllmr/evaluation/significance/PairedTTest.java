// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation.significance;

import org.apache.commons.statistics.distribution.TDistribution;
import org.apache.commons.statistics.inference.TTest;
import org.sllmr.configuration.Checks;

/**
 * Two-sided paired t-test of a metric of two models over several seeds.
 *
 * <p>It tests whether other seeds would show the same difference; {@link PairedBootstrap} tests whether other users
 * would. With few seeds only large effects are significant: with three, the difference must exceed 2.5 times its
 * standard deviation.
 *
 * @param pairs number of seeds, at least 2
 * @param difference mean of second minus first
 * @param lower lower end of the confidence interval of the difference
 * @param upper upper end of the confidence interval of the difference
 * @param pValue two-sided p-value in [0, 1]; if all seeds show the same difference, 1 if that is 0 and otherwise 0
 * @param effectSize Cohen's d_z (Cohen 1988, section 2.3.5): the mean difference divided by the standard deviation of
 *     the differences, signed; 0 or infinite if that deviation is 0
 */
record PairedTTest(int pairs, double difference, double lower, double upper, double pValue, double effectSize) {

    /**
     * Compares two models.
     *
     * @param first the metric of the first model, one value per seed
     * @param second the metric of the second model with the same seeds in the same order
     * @param confidence coverage of the interval, above 0 and below 1, such as 0.95
     */
    static PairedTTest of(double[] first, double[] second, double confidence) {
        new Checks()
                .require(
                        first.length == second.length,
                        "seeds",
                        "differ in number, " + first.length + " and " + second.length
                                + "; a paired test needs both models with the same seeds")
                .atLeast("seeds", first.length, 2)
                .require(confidence > 0 && confidence < 1, "confidence", "is " + confidence + ", allowed is 0 to 1")
                .done();
        int pairs = first.length;
        double difference = 0;
        for (int seed = 0; seed < pairs; seed++) {
            difference += (second[seed] - first[seed]) / pairs;
        }
        double squares = 0;
        for (int seed = 0; seed < pairs; seed++) {
            double deviation = second[seed] - first[seed] - difference;
            squares += deviation * deviation;
        }
        double spread = Math.sqrt(squares / (pairs - 1));
        double quantile = TDistribution.of(pairs - 1).inverseSurvivalProbability((1 - confidence) / 2);
        double margin = quantile * spread / Math.sqrt(pairs);
        return new PairedTTest(
                pairs,
                difference,
                difference - margin,
                difference + margin,
                spread > 0 ? TTest.withDefaults().pairedTest(second, first).getPValue() : difference == 0 ? 1 : 0,
                difference == 0 ? 0 : difference / spread);
    }
}
