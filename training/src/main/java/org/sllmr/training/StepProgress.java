// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

/**
 * Progress within an epoch.
 *
 * @param epoch from 1
 * @param step steps done in this epoch, from 1
 * @param steps steps of an epoch
 * @param objectiveLoss L_rec of this step, mean over its samples
 * @param guidanceLoss lambda L_LLM of this step
 * @param samplesPerSecond samples a second since the epoch began
 */
public record StepProgress(
        int epoch, int step, int steps, double objectiveLoss, double guidanceLoss, double samplesPerSecond) {}
