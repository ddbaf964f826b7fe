// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What {@link Evaluation} measured.
 *
 * @param all a measurement for each metric, in the order of {@link SampleMetric}; unmodifiable
 */
public record Metrics(Map<SampleMetric, Measurement> all) {
    /** Copies the map and checks that nothing is missing. */
    public Metrics {
        all = Collections.unmodifiableMap(new EnumMap<>(all));
        if (all.size() != SampleMetric.values().length) {
            throw new IllegalArgumentException("measured are " + all.keySet() + " only");
        }
    }

    /** The measurement of a metric. */
    public Measurement get(SampleMetric metric) {
        Measurement measurement = all.get(metric);
        if (measurement == null) {
            throw new IllegalStateException(metric + " was not measured");
        }
        return measurement;
    }

    /** AUC over all rows, which decides when training stops. */
    public Measurement auc() {
        return get(SampleMetric.AUC);
    }
}
