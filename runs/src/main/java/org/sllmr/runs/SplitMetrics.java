// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.sllmr.evaluation.Metric;

/**
 * The metrics of one split, validation or test, by the names that they have in {@code metrics.json}.
 *
 * @param byName measurements in the order in which they are written; holds at least {@link #REQUIRED}
 */
public record SplitMetrics(Map<String, Metric> byName) {
    /** The names that every split has; more may follow them. */
    public static final List<String> REQUIRED = List.of("auc", "logLoss", "aucCold", "aucLongTail", "aucLongTailPairs");

    /** Copies the map, keeping its order, and checks that the required names are there. */
    public SplitMetrics {
        byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
        for (String name : REQUIRED) {
            if (!byName.containsKey(name)) {
                throw new IllegalArgumentException("metric '" + name + "' is missing among " + byName.keySet());
            }
        }
    }

    /**
     * The value of a metric; empty where it is not defined.
     *
     * @throws IllegalArgumentException if there is no metric of that name
     */
    public OptionalDouble value(String name) {
        return metric(name).value();
    }

    /**
     * A metric with its counts.
     *
     * @throws IllegalArgumentException if there is no metric of that name
     */
    public Metric metric(String name) {
        Metric metric = byName.get(name);
        if (metric == null) {
            throw new IllegalArgumentException("no metric '" + name + "', there are " + byName.keySet());
        }
        return metric;
    }
}
