// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import org.sllmr.evaluation.Metrics;
import org.sllmr.training.guidance.GuidanceReport;

/**
 * The results of an epoch; all but the times are the same for the same seed.
 *
 * @param epoch from 1
 * @param objectiveLoss L_rec, mean over the epoch's samples, each measured before its step's update
 * @param guidanceLoss lambda L_LLM, mean over steps
 * @param learningRate of the epoch's updates
 * @param validation metrics of the validation samples after the epoch
 * @param guidance what guidance did in the epoch
 * @param best whether the validation AUC is above that of every epoch before
 * @param trainingSeconds wall time of the steps
 * @param validationSeconds wall time of scoring and measuring the validation samples
 * @param samplesPerSecond samples trained on a second of training time
 */
public record EpochRecord(
        int epoch,
        double objectiveLoss,
        double guidanceLoss,
        double learningRate,
        Metrics validation,
        GuidanceReport guidance,
        boolean best,
        double trainingSeconds,
        double validationSeconds,
        double samplesPerSecond) {}
