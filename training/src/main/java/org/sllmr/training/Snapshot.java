// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import java.util.List;
import org.sllmr.model.TrainingState;

/**
 * Everything that later epochs depend on, taken after an epoch.
 *
 * @param model the model's state
 * @param bestWeights the best epoch's weights in blocks; empty if that is the last epoch, whose weights the model holds
 * @param guidance the state of the guidance
 * @param epochs the epochs so far, at least one
 */
public record Snapshot(TrainingState model, List<float[]> bestWeights, double[] guidance, List<EpochRecord> epochs) {
    /** Copies the lists, not the arrays. */
    public Snapshot {
        bestWeights = List.copyOf(bestWeights);
        epochs = List.copyOf(epochs);
    }
}
