// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation;

import org.sllmr.data.Samples;

/** Judges the scores of stored samples, overall and on every slice. */
public final class Evaluation {
    private Evaluation() {}

    /**
     * Measures everything in {@link Metrics}.
     *
     * @param logits one logit a row of {@code samples}
     * @param samples the labelled rows
     * @param slices which users are cold and which items long-tail
     * @throws IllegalArgumentException if the logits do not match the samples, or one is NaN
     */
    public static Metrics evaluate(float[] logits, Samples samples, Slices slices) {
        return new Metrics(
                auc(logits, samples, slices, Slice.ALL),
                new Metric(LogLoss.of(logits, samples), samples.size(), samples.positives()),
                new Metric(
                        CalibrationError.of(logits, samples, CalibrationError.BINS),
                        samples.size(),
                        samples.positives()),
                auc(logits, samples, slices, Slice.COLD),
                auc(logits, samples, slices, Slice.WARM),
                auc(logits, samples, slices, Slice.LONG_TAIL),
                auc(logits, samples, slices, Slice.HEAD),
                auc(logits, samples, slices, Slice.LONG_TAIL_PAIRS),
                auc(logits, samples, slices, Slice.HEAD_PAIRS),
                gauc(logits, samples, slices, Gauc.Weighting.IMPRESSIONS),
                gauc(logits, samples, slices, Gauc.Weighting.USERS));
    }

    private static Metric gauc(float[] logits, Samples samples, Slices slices, Gauc.Weighting weighting) {
        int[] rows = slices.rows(Slice.ALL, samples);
        return new Metric(Gauc.of(logits, samples, rows, weighting), samples.size(), samples.positives());
    }

    private static Metric auc(float[] logits, Samples samples, Slices slices, Slice slice) {
        int[] rows = slices.rows(slice, samples);
        int positives = 0;
        for (int row : rows) {
            positives += samples.label(row);
        }
        return new Metric(Auc.of(logits, samples, rows), rows.length, positives);
    }
}
