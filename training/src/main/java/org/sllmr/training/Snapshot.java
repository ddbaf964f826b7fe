// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import java.util.List;
import org.sllmr.model.TrainingState;

/**
 * All that the epochs to come depend on, after an epoch.
 *
 * @param model the model's state
 * @param bestWeights blocks of the best epoch's weights; empty if that is the last epoch, whose weights are the model's
 * @param guidance what the guidance has learned
 * @param epochs the epochs so far, at least one
 */
public record Snapshot(TrainingState model, List<float[]> bestWeights, double[] guidance, List<EpochRecord> epochs) {
    /** Copies the lists, not the arrays. */
    public Snapshot {
        bestWeights = List.copyOf(bestWeights);
        epochs = List.copyOf(epochs);
    }
}
