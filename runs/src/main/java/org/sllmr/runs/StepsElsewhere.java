// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import org.sllmr.data.TrainingData;
import org.sllmr.model.Model;
import org.sllmr.training.EpochTraining;
import org.sllmr.training.TrainingListener;

/** Workers that make the steps of a run's training, in place of this process. */
public interface StepsElsewhere {
    /** How they divide it. */
    Division division();

    /**
     * Their steps.
     *
     * @param settings of the run, without guidance
     * @param inputs the dataset, and what the model reads besides
     * @param data what is trained on: the dataset's training data, with what the model reads besides
     * @param model trained by the steps; it may be in the middle of a training that was stopped
     * @param listener told of steps
     */
    EpochTraining training(
            RunSettings settings, RunInputs inputs, TrainingData data, Model model, TrainingListener listener);
}
