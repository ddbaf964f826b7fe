// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import java.util.List;
import java.util.Optional;
import org.sllmr.evaluation.Metrics;

/**
 * A finished training; the model holds the best epoch's weights.
 *
 * @param epochs all epochs, in order
 * @param bestEpoch number, from 1, of the epoch whose weights were kept: the best by the watched validation metric, the
 *     first of equal ones; 0 if those of the backbone alone were kept, since no guided epoch was better
 * @param stopped why training ended
 * @param validation metrics of the validation samples with those weights; undefined without validation
 * @param reference the training of the backbone alone, if the guidance needed it
 */
public record TrainedRun(
        List<EpochRecord> epochs,
        int bestEpoch,
        StopReason stopped,
        Metrics validation,
        Optional<TrainedRun> reference) {
    /** Copies the list. */
    public TrainedRun {
        epochs = List.copyOf(epochs);
    }

    /** Why training ended. */
    public enum StopReason {
        /** No new best validation AUC for as many epochs as patience allows. */
        PATIENCE,
        /** The last epoch allowed. */
        MAX_EPOCHS
    }
}
