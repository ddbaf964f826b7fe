// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Part;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.TestData;
import org.sllmr.data.TrainingData;
import org.sllmr.data.file.InputFile;
import org.sllmr.data.store.Dataset;
import org.sllmr.evaluation.Evaluation;
import org.sllmr.evaluation.Slices;
import org.sllmr.model.Model;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.teacher.blend.PairTeacher;

/** Evaluates the stored model of a run folder. */
public final class RunEvaluation {
    private RunEvaluation() {}

    /**
     * Scores validation and test samples with the stored weights.
     *
     * @param run the run
     * @param dataset the dataset it was trained on
     * @return metrics; on the same machine they equal the stored ones
     * @throws InvalidInputException if it is another dataset, or the model file does not fit the configuration
     */
    public static RunMetrics evaluate(RunFolder run, Dataset dataset) throws IOException {
        run.requireJudged("and cannot be evaluated");
        RunContents contents = run.contents();
        TrainingData data = dataset.trainingData();
        Slices slices = Slices.of(data);
        RunScorer model = scorer(run, dataset);
        Part validation = data.validation();
        TestData test = dataset.testData();
        return new RunMetrics(
                new SplitMetrics(Evaluation.evaluate(
                        model.score(validation.log(), validation.samples().instances()), validation.samples(), slices)),
                new SplitMetrics(
                        Evaluation.evaluate(model.score(test.log(), test.test().instances()), test.test(), slices)),
                contents.metrics().bestEpoch(),
                contents.metrics().epochs());
    }

    /**
     * The stored model.
     *
     * @param run the run
     * @param dataset the dataset it was trained on
     * @throws InvalidInputException if it is another dataset, or the model file does not fit the configuration
     */
    public static Model model(RunFolder run, Dataset dataset) throws IOException {
        if (run.blend().isPresent()) {
            throw new InvalidInputException(
                    run.path().toString(),
                    "is a blend, whose scores need the teacher besides the model; name the run that it was made of");
        }
        return restore(run, dataset).model();
    }

    /**
     * What the run scores with: the stored model, blended with a teacher if the run is a blend.
     *
     * @throws InvalidInputException as {@link #model}, and if a blend's teacher is not what it was
     */
    public static RunScorer scorer(RunFolder run, Dataset dataset) throws IOException {
        RunScorer model = RunScorer.of(restore(run, dataset).model());
        Optional<Blend> blend = run.blend();
        return blend.isEmpty()
                ? model
                : new BlendedScorer(
                        model, teacher(blend.get(), dataset.trainingData()), dataset.trainingData(), blend.get());
    }

    /**
     * The teacher that a run is blended with.
     *
     * @throws InvalidInputException if it is not what it was
     */
    public static PairTeacher teacher(Blend blend, TrainingData data) throws IOException {
        return BlendTeachers.open(
                InputFile.path("the teacher of the blend", blend.file()),
                Optional.of(blend.fileHash()),
                blend.teacher(),
                blend.model(),
                blend.settings(),
                data);
    }

    /**
     * The scores of a split's samples: those that the run stored, or computed again where it did not.
     *
     * @param split {@code validation} or {@code test}
     * @param log the log of that split
     * @param samples its samples
     * @throws InvalidInputException as {@link #scorer}
     */
    public static float[] logits(RunFolder run, Dataset dataset, String split, InteractionLog log, Samples samples)
            throws IOException {
        requireTrainedOn(run, dataset.trainingData());
        Optional<RunScores> stored = run.scores(split).filter(scores -> scores.areOf(samples));
        return stored.isPresent() ? stored.get().logits() : scorer(run, dataset).score(log, samples.instances());
    }

    private static void requireTrainedOn(RunFolder run, TrainingData data) {
        String trainedOn = run.contents().provenance().dataHash();
        if (!data.hash().equals(trainedOn)) {
            throw new InvalidInputException(
                    "dataset '" + data.name() + "'",
                    "has the hash " + data.hash() + ", but the run was trained on " + trainedOn);
        }
    }

    /**
     * A run's model.
     *
     * @param settings the run's settings
     * @param inputs the data that it was trained on, with all that the model reads
     * @param model the model with the stored weights
     */
    public record Restored(RunSettings settings, TrainingData inputs, Model model) {}

    /** The stored model, as {@link #model} but also of a blend, with what it reads. */
    public static Restored restore(RunFolder run, Dataset dataset) throws IOException {
        TrainingData data = dataset.trainingData();
        requireTrainedOn(run, data);
        RunSettings settings =
                RunConfiguration.read(run.path().toString(), run.contents().configuration());
        TrainingData inputs = ModelInputs.of(data, settings.model(), teacher(run, settings, data));
        Optional<RunMemory> memory = run.memory();
        FeatureSchema schema = memory.isPresent()
                ? settings.model().fields(inputs, memory.get().schema())
                : settings.model().fields(inputs);
        Model model = settings.model().create(schema, new Seed(settings.seed()).child("model"));
        run.readModel(model);
        return new Restored(settings, inputs, model);
    }

    /** The teacher's scores that the model reads, which must be those that it was trained with. */
    private static Optional<TeacherTable> teacher(RunFolder run, RunSettings settings, TrainingData data)
            throws IOException {
        if (!settings.model().schema().teacherScores()) {
            return Optional.empty();
        }
        Path file = settings.teacher()
                .orElseThrow(() -> new InvalidInputException(
                        run.path().toString(), "its model reads a teacher's scores, and it names no file of them"));
        RunTeacher scores = RunTeacher.read(file, data);
        Optional<TeacherSource> trained = run.contents().provenance().teacher();
        if (trained.isPresent()
                && !trained.get().fileHash().equals(scores.source().fileHash())) {
            throw new InvalidInputException(
                    file.toString(),
                    "is not the teacher's scores that " + run.path()
                            + " was trained with and its model reads: it has the"
                            + " SHA-256 " + scores.source().fileHash() + ", those were "
                            + trained.get().described() + "; put that file back");
        }
        return Optional.of(scores.table());
    }
}
