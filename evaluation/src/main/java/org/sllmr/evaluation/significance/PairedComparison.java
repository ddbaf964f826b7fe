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
 * The comparison of two methods: every command, table and report takes its differences from here.
 *
 * <p>Over seeds it is a paired t-test. Over users it is a paired t-test if each user has a value of its own, and
 * otherwise a bootstrap of users, with both methods evaluated on the same draws. Verdicts use {@link #corrected},
 * Holm's correction over all differences of a table, of any metric and pairing.
 */
public final class PairedComparison {
    /** Coverage of all intervals; a verdict needs a corrected p value below one minus this. */
    public static final double CONFIDENCE = 0.95;

    /** Enough for the interval. */
    private static final int LEAST_DRAWS = 5_000;

    private static final int MOST_DRAWS = 20_000;

    /** Row visits over all draws that still cost little: a tenth of a second. */
    private static final long ROWS = 20_000_000;

    private PairedComparison() {}

    /**
     * Compares over seeds.
     *
     * @param baseline the metric of the baseline, one value per seed, at least two
     * @param method the metric of the method with the same seeds in the same order
     */
    public static Difference overSeeds(Metric metric, double[] baseline, double[] method) {
        return tTest(metric, Pairing.SEEDS, baseline, method);
    }

    /**
     * Compares over users by a value for each user.
     *
     * @param baseline the value of each user under the baseline, at least two
     * @param method the values of the same users under the method
     */
    public static Difference overUsers(Metric metric, double[] baseline, double[] method) {
        return tTest(metric, Pairing.USERS, baseline, method);
    }

    /**
     * Compares over users by a bootstrap; the value of a method with several models is their mean.
     *
     * @param metric AUC or log loss, of any slice, or a mean over impressions
     * @param baseline logits of the baseline's models, each with one per row of {@code samples}
     * @param method logits of the method's models
     * @param rows the rows of the metric's slice, or a part of them
     * @throws IllegalArgumentException if the metric is another one
     */
    public static Difference overUsers(
            SampleMetric metric, List<float[]> baseline, List<float[]> method, Samples samples, int[] rows) {
        Seed seed = new Seed(1).child("users");
        int draws = draws(rows.length, baseline.size() + method.size());
        PairedBootstrap test = switch (metric.kind()) {
            case AUC -> PairedBootstrap.of(baseline, method, samples, rows, draws, CONFIDENCE, seed);
            case LOG_LOSS -> PairedBootstrap.ofLogLoss(baseline, method, samples, rows, draws, CONFIDENCE, seed);
            case AUC_WITHIN_IMPRESSIONS, NDCG_WITHIN_IMPRESSIONS, MRR_WITHIN_IMPRESSIONS ->
                PairedBootstrap.ofLists(metric.kind(), baseline, method, samples, draws, CONFIDENCE, seed);
            case CALIBRATION_ERROR, GAUC_BY_IMPRESSIONS, GAUC_BY_USERS ->
                throw new IllegalArgumentException(metric + " is not compared over users");
        };
        PValue pValue = new PValue(test.pValue());
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

    /** The number of draws, fewer the more work a draw is. */
    static int draws(int rows, int models) {
        return (int) Math.max(LEAST_DRAWS, Math.min(MOST_DRAWS, ROWS / Math.max(1, (long) rows * models)));
    }

    /** The differences of a table in the same order, with Holm's correction over all of them. */
    public static List<Difference> corrected(List<Difference> table) {
        double[] corrected = Holm.correct(
                table.stream().mapToDouble(one -> one.pValue().value()).toArray());
        List<Difference> all = new ArrayList<>();
        for (int index = 0; index < corrected.length; index++) {
            all.add(table.get(index).withCorrected(new PValue(corrected[index])));
        }
        return all;
    }

    private static Difference tTest(Metric metric, Pairing pairing, double[] baseline, double[] method) {
        PairedTTest test = PairedTTest.of(baseline, method, CONFIDENCE);
        PValue pValue = new PValue(test.pValue());
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
