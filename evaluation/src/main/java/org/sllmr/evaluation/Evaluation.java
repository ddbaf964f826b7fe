// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation;

import java.util.EnumMap;
import java.util.Map;
import org.sllmr.data.Samples;

/** Judges the scores of stored samples, overall and on every slice. */
public final class Evaluation {
    private Evaluation() {}

    /**
     * Measures every {@link SampleMetric}.
     *
     * @param logits one logit a row of {@code samples}
     * @param samples the labelled rows
     * @param slices which users are cold and which items long-tail
     * @throws IllegalArgumentException if the logits do not match the samples, or one is NaN
     */
    public static Metrics evaluate(float[] logits, Samples samples, Slices slices) {
        Map<SampleMetric, Measurement> measurements = new EnumMap<>(SampleMetric.class);
        for (SampleMetric metric : SampleMetric.values()) {
            measurements.put(metric, metric.measure(logits, samples, slices));
        }
        return new Metrics(measurements);
    }
}
