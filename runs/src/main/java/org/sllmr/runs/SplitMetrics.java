// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.sllmr.evaluation.Measurement;
import org.sllmr.evaluation.Metrics;
import org.sllmr.evaluation.SampleMetric;

/**
 * The metrics of one split, validation or test.
 *
 * @param all measurements in the order of {@link SampleMetric}; at least {@link SampleMetric#reported}, as in runs of
 *     early versions
 */
public record SplitMetrics(Map<SampleMetric, Measurement> all) {
    /** All measurements of an evaluation. */
    public SplitMetrics(Metrics metrics) {
        this(metrics.all());
    }

    /** Copies the map and checks that it has the metrics that every run has. */
    public SplitMetrics {
        all = Collections.unmodifiableMap(new EnumMap<>(all));
        for (SampleMetric metric : SampleMetric.reported()) {
            if (!all.containsKey(metric)) {
                throw new IllegalArgumentException("metric '" + metric.key() + "' is missing");
            }
        }
    }

    /** The value of a metric; empty if it is undefined, or newer than the run. */
    public OptionalDouble value(SampleMetric metric) {
        Measurement measurement = all.get(metric);
        return measurement == null ? OptionalDouble.empty() : measurement.value();
    }
}
