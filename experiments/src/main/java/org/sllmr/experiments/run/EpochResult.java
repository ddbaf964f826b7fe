// SPDX-License-Identifier: Apache-2.0
package org.sllmr.experiments.run;

import java.util.Optional;

/**
 * One epoch of training, one line of {@code epochs.jsonl}.
 *
 * @param epoch number of the epoch, from 1
 * @param recommendationLoss mean L_rec a sample
 * @param guidanceLoss mean lambda * L_LLM a step; 0 without guidance
 * @param validationAuc AUC of the validation samples after the epoch
 * @param validationLogLoss log loss of the validation samples after the epoch, in nats
 * @param guidance what guidance did; empty without guidance
 * @param seconds wall-clock time of the epoch
 * @param samplesPerSecond training samples a second
 */
public record EpochResult(
        int epoch,
        double recommendationLoss,
        double guidanceLoss,
        double validationAuc,
        double validationLogLoss,
        Optional<GuidanceState> guidance,
        double seconds,
        double samplesPerSecond) {}
