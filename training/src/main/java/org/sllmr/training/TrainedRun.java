// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import java.util.List;
import java.util.Optional;

/**
 * A finished training; the model holds the best epoch's weights.
 *
 * @param epochs all epochs, in order
 * @param bestEpoch number, from 1, of the epoch with the highest validation AUC; the first of equal ones
 * @param stopped why training ended
 * @param reference the training of the backbone alone, if the guidance needed it
 */
public record TrainedRun(List<EpochRecord> epochs, int bestEpoch, StopReason stopped, Optional<TrainedRun> reference) {
    /** Copies the list. */
    public TrainedRun {
        epochs = List.copyOf(epochs);
    }

    /** The best epoch's record. */
    public EpochRecord best() {
        return epochs.get(bestEpoch - 1);
    }

    /** Why training ended. */
    public enum StopReason {
        /** No new best validation AUC for as many epochs as patience allows. */
        PATIENCE,
        /** The last epoch allowed. */
        MAX_EPOCHS
    }
}
