// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.sllmr.training.EpochRecord;
import org.sllmr.training.calibration.TeacherUse;

/**
 * What pairwise guidance did in one epoch: the one record that run folders, results, diagnoses and reports read.
 *
 * @param epoch number of the epoch, from 1
 * @param weights the fitted weights after the epoch by name, of the gate or of the target; empty if nothing is fitted
 * @param meanByRegion mean gate over the epoch's pairs by region, such as {@code cold-tail}; regions without pairs are
 *     left out; empty without a gate
 * @param meanHinge mean loss of the epoch's pairs, without gate and lambda
 * @param violatedShare share of pairs whose margin, or whose target probability, is not reached, in [0, 1]
 * @param pairsPerStep mean number of pairs a step
 * @param teacherUse where the teacher's scores are used; empty where held-out interactions do not decide it
 */
public record GuidanceEpoch(
        int epoch,
        Map<String, Double> weights,
        Map<String, Double> meanByRegion,
        double meanHinge,
        double violatedShare,
        double pairsPerStep,
        Optional<TeacherUse> teacherUse) {
    /** Copies the maps, keeping their order. */
    public GuidanceEpoch {
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
        meanByRegion = Collections.unmodifiableMap(new LinkedHashMap<>(meanByRegion));
    }

    /** What guidance did in an epoch of training; empty without guidance by pairs. */
    static Optional<GuidanceEpoch> of(EpochRecord trained) {
        return trained.guidance().pairs().map(pairs -> {
            Map<String, Double> weights = new LinkedHashMap<>();
            Map<String, Double> regions = new LinkedHashMap<>();
            trained.guidance().gate().ifPresent(gate -> {
                gate.parameters().forEach(parameter -> weights.put(parameter.name(), parameter.value()));
                gate.regions().forEach(region -> regions.put(region.region().label(), region.mean()));
            });
            return new GuidanceEpoch(
                    trained.epoch(),
                    weights,
                    regions,
                    pairs.meanHinge(),
                    pairs.violatedShare(),
                    pairs.perStep(),
                    trained.guidance().use());
        });
    }
}
