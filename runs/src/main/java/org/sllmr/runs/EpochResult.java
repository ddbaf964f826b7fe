// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.util.List;
import java.util.Optional;
import org.sllmr.evaluation.SampleMetric;

/**
 * One epoch of training, one line of {@code epochs.jsonl}.
 *
 * @param epoch number of the epoch, from 1
 * @param objectiveLoss mean L_rec a sample
 * @param guidanceLoss mean lambda * L_LLM a step; 0 without guidance
 * @param learningRate of the epoch's updates
 * @param validation metrics of the validation samples after the epoch
 * @param guidance what guidance did in the epoch; empty without guidance
 * @param seconds wall-clock time of the epoch
 * @param samplesPerSecond training samples a second
 */
public record EpochResult(
        int epoch,
        double objectiveLoss,
        double guidanceLoss,
        double learningRate,
        SplitMetrics validation,
        Optional<GuidanceEpoch> guidance,
        double seconds,
        double samplesPerSecond) {
    /**
     * The epoch that early stopping keeps: the best by a metric, the first of equal ones; empty where no epoch has a value.
     *
     * @param watched the metric
     */
    public static Optional<EpochResult> best(List<EpochResult> epochs, SampleMetric watched) {
        EpochResult best = null;
        for (EpochResult epoch : epochs) {
            if (epoch.validation().value(watched).isPresent() && (best == null || epoch.isBetter(best, watched))) {
                best = epoch;
            }
        }
        return Optional.ofNullable(best);
    }

    private boolean isBetter(EpochResult other, SampleMetric watched) {
        return watched.isBetter(
                validation.value(watched).orElseThrow(),
                other.validation.value(watched).orElseThrow());
    }

    /** Checks that guidance is of the same epoch. */
    public EpochResult {
        if (guidance.isPresent() && guidance.get().epoch() != epoch) {
            throw new IllegalArgumentException(
                    "guidance of epoch " + guidance.get().epoch() + " in epoch " + epoch);
        }
    }
}
