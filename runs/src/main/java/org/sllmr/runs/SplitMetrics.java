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
 * @param all measurements in the order of {@link SampleMetric}; holds at least {@link SampleMetric#reported}, since runs of
 *     early versions had no others
 */
public record SplitMetrics(Map<SampleMetric, Measurement> all) {
    /** Everything that was measured. */
    public SplitMetrics(Metrics metrics) {
        this(metrics.all());
    }

    /** Copies the map and checks that what every run has is there. */
    public SplitMetrics {
        all = Collections.unmodifiableMap(new EnumMap<>(all));
        for (SampleMetric metric : SampleMetric.reported()) {
            if (!all.containsKey(metric)) {
                throw new IllegalArgumentException("metric '" + metric.key() + "' is missing");
            }
        }
    }

    /** The value of a metric; empty where it is not defined, or the run is older than the metric. */
    public OptionalDouble value(SampleMetric metric) {
        Measurement measurement = all.get(metric);
        return measurement == null ? OptionalDouble.empty() : measurement.value();
    }
}
