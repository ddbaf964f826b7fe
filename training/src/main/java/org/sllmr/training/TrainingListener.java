// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import java.util.List;

/** Receives training's progress in the training thread; what it does takes time from training. */
public interface TrainingListener {
    /** Ignores everything. */
    TrainingListener SILENT = new TrainingListener() {};

    /**
     * Called while what the model reads is made ready, such as vectors of texts; perhaps from several threads.
     *
     * @param stage what is being done
     * @param done units done so far
     * @param total units in all, or 0 if unknown
     */
    default void preparing(String stage, long done, long total) {}

    /** Called before the first step if training resumes after earlier epochs. */
    default void resumed(List<EpochRecord> epochs) {}

    /** Called after each step. */
    default void step(StepProgress progress) {}

    /** Called after each epoch and its validation. */
    default void epoch(EpochRecord epoch) {}

    /** The listener of the reference training (the backbone alone), which some guidance runs first. */
    default TrainingListener reference() {
        return SILENT;
    }
}
