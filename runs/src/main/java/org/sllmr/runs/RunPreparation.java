// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.util.Optional;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainedRows;
import org.sllmr.data.TrainingData;
import org.sllmr.data.store.Dataset;
import org.sllmr.model.Model;
import org.sllmr.model.RowGrowth;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.training.Course;
import org.sllmr.training.TrainingListener;

/**
 * What a run trains, on what, and from where.
 *
 * @param data what is trained on
 * @param whole the same with training rows that a run before was trained on, and this one leaves out
 * @param schema fields and tables of the model
 * @param start what training starts from
 * @param course epochs and learning rates, if nothing is held out to decide on them
 * @param news what the data have that a run before did not know
 */
record RunPreparation(
        TrainingData data,
        TrainingData whole,
        FeatureSchema schema,
        RunStart start,
        Optional<Course> course,
        Optional<DataNews> news) {
    /**
     * Prepares.
     *
     * @param listener told of what takes time, such as texts that are embedded
     * @throws org.sllmr.configuration.InvalidInputException if settings, data and the runs before do not fit together
     */
    static RunPreparation of(RunSettings settings, RunInputs inputs, TrainingListener listener) {
        Dataset dataset = inputs.dataset();
        RunStart start = inputs.start();
        if (start.from().isPresent() != settings.start().from().isPresent()
                || start.refit().isPresent() != settings.start().refit().isPresent()) {
            throw new IllegalArgumentException("the inputs are not those of the settings");
        }
        boolean judged = start.refit().isEmpty();
        TrainingData whole = ModelInputs.of(
                judged ? dataset.trainingData() : dataset.everything(),
                settings.model(),
                inputs.teacher(),
                listener::preparing);
        Optional<Course> course =
                start.course(dataset.trainingData(), settings.training().watched());
        if (start.from().isEmpty()) {
            FeatureSchema schema = settings.model().fields(whole);
            return new RunPreparation(whole, whole, schema, start, course, Optional.empty());
        }
        Continuation continuation = Continuation.of(settings, start.from().get(), dataset, whole, judged);
        return new RunPreparation(
                continuation.data(), whole, continuation.schema(), start, course, Optional.of(continuation.news()));
    }

    /** The model to train: untrained, or as the run before left it, with rows for what is new. */
    Model model(RunSettings settings, Seed seed) {
        Model model = settings.model().create(schema, seed);
        start.from()
                .map(RunStart.Parent::state)
                .ifPresent(before -> model.restore(
                        RowGrowth.grow(before.training(), before.memory().schema(), schema, model.state())));
        return model;
    }

    /** What a later training goes on from. */
    RunState state(Model trained, Dataset dataset) {
        TrainedRows rows = TrainedRows.of(whole);
        return new RunState(
                new RunMemory(
                        dataset.partsBy(),
                        whole.training().labelled(),
                        schema.fit(),
                        start.from()
                                .map(before -> before.state().memory().rows().and(rows))
                                .orElse(rows)),
                trained.state());
    }

    /** Which runs the run goes back to. */
    Optional<RunOrigin> origin() {
        return start.origin(news);
    }
}
