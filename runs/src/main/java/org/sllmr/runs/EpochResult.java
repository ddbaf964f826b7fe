// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.util.Optional;

/**
 * One epoch of training, one line of {@code epochs.jsonl}.
 *
 * @param epoch number of the epoch, from 1
 * @param objectiveLoss mean L_rec a sample
 * @param guidanceLoss mean lambda * L_LLM a step; 0 without guidance
 * @param learningRate learning rate of the epoch's updates
 * @param validation metrics of the validation samples after the epoch
 * @param guidance what guidance did; empty without guidance
 * @param seconds wall-clock time of the epoch
 * @param samplesPerSecond training samples a second
 */
public record EpochResult(
        int epoch,
        double objectiveLoss,
        double guidanceLoss,
        double learningRate,
        SplitMetrics validation,
        Optional<GuidanceState> guidance,
        double seconds,
        double samplesPerSecond) {}
