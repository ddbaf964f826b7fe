// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation;

import java.util.function.Function;
import org.sllmr.data.Samples;

/** Evaluates the scores of stored samples, overall and on every slice. */
public final class Evaluation {
    private Evaluation() {}

    /**
     * Measures every {@link SampleMetric}.
     *
     * @param logits one logit per row of {@code samples}
     * @param samples the labelled rows
     * @param slices which users are cold and which items long-tail
     * @throws IllegalArgumentException if the logits do not match the samples, or one is NaN
     */
    public static Metrics evaluate(float[] logits, Samples samples, Slices slices) {
        Function<SampleMetric, Measurement> measured = metric -> metric.measure(logits, samples, slices);
        return new Metrics(
                measured.apply(SampleMetric.AUC),
                measured.apply(SampleMetric.LOG_LOSS),
                measured.apply(SampleMetric.CALIBRATION_ERROR),
                measured.apply(SampleMetric.AUC_COLD),
                measured.apply(SampleMetric.AUC_WARM),
                measured.apply(SampleMetric.AUC_LONG_TAIL),
                measured.apply(SampleMetric.AUC_HEAD),
                measured.apply(SampleMetric.AUC_LONG_TAIL_PAIRS),
                measured.apply(SampleMetric.AUC_HEAD_PAIRS),
                measured.apply(SampleMetric.GAUC_BY_IMPRESSIONS),
                measured.apply(SampleMetric.GAUC_BY_USERS),
                measured.apply(SampleMetric.AUC_WITHIN_IMPRESSIONS),
                measured.apply(SampleMetric.NDCG_WITHIN_IMPRESSIONS),
                measured.apply(SampleMetric.MRR_WITHIN_IMPRESSIONS),
                measured.apply(SampleMetric.AUC_NEW_USERS),
                measured.apply(SampleMetric.AUC_NEW_ITEMS),
                measured.apply(SampleMetric.AUC_NEW_ITEM_PAIRS));
    }
}
