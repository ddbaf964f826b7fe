// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import java.util.List;

/** Told of training's progress, in the training thread: what it does takes training's time. */
public interface TrainingListener {
    /** Ignores everything. */
    TrainingListener SILENT = new TrainingListener() {};

    /** Before the first step, if training goes on after epochs that were trained earlier. */
    default void resumed(List<EpochRecord> epochs) {}

    /** After each step. */
    default void step(StepProgress progress) {}

    /** After each epoch, its validation included. */
    default void epoch(EpochRecord epoch) {}

    /** Who is told of the training of the backbone alone, where guidance asks for one, before the guided training. */
    default TrainingListener reference() {
        return SILENT;
    }
}
