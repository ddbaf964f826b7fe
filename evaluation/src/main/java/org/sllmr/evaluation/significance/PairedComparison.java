// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation.significance;

import java.util.ArrayList;
import java.util.List;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.numeric.Mean;
import org.sllmr.evaluation.Metric;
import org.sllmr.evaluation.SampleMetric;

/**
 * The one comparison of two methods: every command, table and report takes its differences from here.
 *
 * <p>Over seeds it is a paired t-test. Over users it is a bootstrap of users, both methods judged on the same draws, or a
 * paired t-test where each user has a number of its own. Verdicts go by {@link #corrected}, Holm's correction over all
 * differences of a table, whatever their metric and pairing.
 */
public final class PairedComparison {
    /** Coverage of all intervals; a verdict needs a corrected p value below one minus this. */
    public static final double CONFIDENCE = 0.95;

    /** The interval needs no more draws; the p value can use them. */
    private static final int LEAST_DRAWS = 5_000;

    private static final int MOST_DRAWS = 20_000;

    /** Rows looked at over all draws before more draws are no longer cheap: a tenth of a second. */
    private static final long ROWS = 20_000_000;

    private PairedComparison() {}

    /**
     * Compares over seeds.
     *
     * @param baseline the metric of the baseline, one value a seed, at least two
     * @param method the metric of the method under the same seeds in the same order
     */
    public static Difference overSeeds(Metric metric, double[] baseline, double[] method) {
        return tTest(metric, Pairing.SEEDS, baseline, method);
    }

    /**
     * Compares over users by a number that each user has.
     *
     * @param baseline the number of each user under the baseline, at least two
     * @param method the number of the same users under the method
     */
    public static Difference overUsers(Metric metric, double[] baseline, double[] method) {
        return tTest(metric, Pairing.USERS, baseline, method);
    }

    /**
     * Compares over users by drawing them; a method with several models counts by the mean of its models.
     *
     * @param metric AUC or log loss, of any slice
     * @param baseline logits of the baseline's models, each one a row of {@code samples}
     * @param method logits of the method's models
     * @param rows the rows of the metric's slice or of a part of them
     * @throws IllegalArgumentException if the metric is of another kind
     */
    public static Difference overUsers(
            SampleMetric metric, List<float[]> baseline, List<float[]> method, Samples samples, int[] rows) {
        Seed seed = new Seed(1).child("users");
        int draws = draws(rows.length, baseline.size() + method.size());
        PairedBootstrap test = switch (metric.kind()) {
            case AUC -> PairedBootstrap.of(baseline, method, samples, rows, draws, CONFIDENCE, seed);
            case LOG_LOSS -> PairedBootstrap.ofLogLoss(baseline, method, samples, rows, draws, CONFIDENCE, seed);
            case CALIBRATION_ERROR, GAUC_BY_IMPRESSIONS, GAUC_BY_USERS ->
                throw new IllegalArgumentException(metric + " is not compared over users");
        };
        PValue pValue = new PValue(test.pValue(), test.pValue() <= test.leastPValue());
        return new Difference(
                metric,
                Pairing.USERS,
                test.users(),
                test.first(),
                test.first() + test.difference(),
                test.difference(),
                new Interval(test.lower(), test.upper()),
                CONFIDENCE,
                pValue,
                pValue,
                test.effectSize());
    }

    /** How often users are drawn, by the work that a draw is. */
    static int draws(int rows, int models) {
        return (int) Math.max(LEAST_DRAWS, Math.min(MOST_DRAWS, ROWS / Math.max(1, (long) rows * models)));
    }

    /** The differences of one table with their p values corrected by Holm over all of them, in the same order. */
    public static List<Difference> corrected(List<Difference> table) {
        double[] corrected = Holm.correct(
                table.stream().mapToDouble(one -> one.pValue().value()).toArray());
        List<Difference> all = new ArrayList<>();
        for (int index = 0; index < corrected.length; index++) {
            Difference one = table.get(index);
            // What multiplies a bound is a bound; what comes from a larger known p value is known.
            boolean bound = one.pValue().bound() && corrected[index] < 1 && atLeastItself(table, corrected, index);
            all.add(one.withCorrected(new PValue(corrected[index], bound)));
        }
        return all;
    }

    /** Whether no smaller, known p value decides a corrected one. */
    private static boolean atLeastItself(List<Difference> table, double[] corrected, int index) {
        for (int other = 0; other < corrected.length; other++) {
            PValue pValue = table.get(other).pValue();
            if (!pValue.bound()
                    && corrected[other] == corrected[index]
                    && pValue.value() <= table.get(index).pValue().value()) {
                return false;
            }
        }
        return true;
    }

    private static Difference tTest(Metric metric, Pairing pairing, double[] baseline, double[] method) {
        PairedTTest test = PairedTTest.of(baseline, method, CONFIDENCE);
        PValue pValue = PValue.of(test.pValue());
        return new Difference(
                metric,
                pairing,
                test.pairs(),
                Mean.of(baseline),
                Mean.of(method),
                test.difference(),
                new Interval(test.lower(), test.upper()),
                CONFIDENCE,
                pValue,
                pValue,
                test.effectSize());
    }
}
