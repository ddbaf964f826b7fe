// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.nio.file.Path;
import java.util.Optional;
import org.sllmr.model.ModelSettings;
import org.sllmr.training.TrainingSettings;
import org.sllmr.training.guidance.Guidance;
import org.sllmr.training.guidance.None;

/**
 * Everything that decides the results of a run.
 *
 * @param data the dataset folder; required, in the configuration or on the command line
 * @param teacher the teacher's scores; needed by every guidance but {@link None}, and by a model that reads them
 * @param seed the seed from which all random numbers derive
 * @param model the model
 * @param training how the model is trained
 * @param guidance how the teacher guides training
 * @param start what training starts from
 */
public record RunSettings(
        Optional<Path> data,
        Optional<Path> teacher,
        long seed,
        ModelSettings model,
        TrainingSettings training,
        Guidance guidance,
        StartSettings start) {
    /** A training of its own. */
    public RunSettings(
            Optional<Path> data,
            Optional<Path> teacher,
            long seed,
            ModelSettings model,
            TrainingSettings training,
            Guidance guidance) {
        this(data, teacher, seed, model, training, guidance, StartSettings.defaults());
    }

    /** The default model and training, without guidance. */
    public static RunSettings defaults() {
        return new RunSettings(
                Optional.empty(),
                Optional.empty(),
                1,
                ModelSettings.defaults(),
                TrainingSettings.defaults(),
                None.defaults());
    }

    /** Whether guidance or model need the teacher's scores. */
    public boolean needTeacher() {
        return guidance.needsTeacher() || model.schema().teacherScores();
    }

    /** The same settings with another seed. */
    public RunSettings withSeed(long other) {
        return new RunSettings(data, teacher, other, model, training, guidance, start);
    }

    /** The same settings, starting otherwise. */
    public RunSettings withStart(StartSettings other) {
        return new RunSettings(data, teacher, seed, model, training, guidance, other);
    }

    /** The same settings with another guidance. */
    public RunSettings withGuidance(Guidance other) {
        return new RunSettings(data, teacher, seed, model, training, other, start);
    }

    /** The same settings with another dataset and teacher. */
    public RunSettings on(Path dataset, Optional<Path> scores) {
        return new RunSettings(Optional.of(dataset), scores, seed, model, training, guidance, start);
    }
}
