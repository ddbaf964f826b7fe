// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What guidance did during one epoch.
 *
 * @param gateWeights the gate's parameters at the end of the epoch by name, such as {@code cold, tail, uncertainty,
 *     bias}; empty for guidance without a gate
 * @param meanGateByRegion mean gate in [0, 1] over the epoch's pairs by region, such as {@code cold-tail}; a region
 *     that had no pairs is left out; empty for guidance without a gate
 * @param meanHinge mean hinge over the epoch's pairs, in logits, before the gate
 * @param violatedShare share of pairs whose hinge was above 0, in [0, 1]
 * @param pairsPerStep mean number of pairs a step
 */
public record GuidanceState(
        Map<String, Double> gateWeights,
        Map<String, Double> meanGateByRegion,
        double meanHinge,
        double violatedShare,
        double pairsPerStep) {
    /** Copies the maps, keeping their order. */
    public GuidanceState {
        gateWeights = Collections.unmodifiableMap(new LinkedHashMap<>(gateWeights));
        meanGateByRegion = Collections.unmodifiableMap(new LinkedHashMap<>(meanGateByRegion));
    }
}
