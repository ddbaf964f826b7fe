// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.nio.file.Path;
import java.util.Optional;
import org.sllmr.model.ModelSettings;
import org.sllmr.training.TrainingSettings;
import org.sllmr.training.guidance.Guidance;
import org.sllmr.training.guidance.None;

/**
 * Everything that decides the numbers of a run.
 *
 * @param data the dataset folder; a run needs one, a configuration may leave it to the command line
 * @param teacher the teacher's scores; needed by every guidance but {@link None}
 * @param seed root of the random-number tree
 * @param model the model
 * @param training how it is trained
 * @param guidance how the teacher guides it
 */
public record RunSettings(
        Optional<Path> data,
        Optional<Path> teacher,
        long seed,
        ModelSettings model,
        TrainingSettings training,
        Guidance guidance) {
    /** The default model and training without guidance. */
    public static RunSettings defaults() {
        return new RunSettings(
                Optional.empty(),
                Optional.empty(),
                1,
                ModelSettings.defaults(),
                TrainingSettings.defaults(),
                None.defaults());
    }

    /** The same settings with another seed. */
    public RunSettings withSeed(long other) {
        return new RunSettings(data, teacher, other, model, training, guidance);
    }

    /** The same settings with another guidance. */
    public RunSettings withGuidance(Guidance other) {
        return new RunSettings(data, teacher, seed, model, training, other);
    }

    /** The same settings on another dataset and teacher. */
    public RunSettings on(Path dataset, Optional<Path> scores) {
        return new RunSettings(Optional.of(dataset), scores, seed, model, training, guidance);
    }
}
