// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

/** Where the steps of an epoch are made. Validation, early stopping, learning rates and checkpoints are the trainer's. */
@FunctionalInterface
public interface EpochTraining {
    /**
     * Trains the trainer's model on all training samples once, at its present learning rate.
     *
     * @param epoch from 1
     * @throws InterruptedException if the thread was interrupted
     * @throws TrainingDivergedException if a loss is not finite
     */
    EpochLoss train(int epoch) throws InterruptedException;
}
