// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.data.Build;
import org.sllmr.data.Part;
import org.sllmr.data.Seed;
import org.sllmr.data.TestData;
import org.sllmr.data.TrainingData;
import org.sllmr.evaluation.Evaluation;
import org.sllmr.evaluation.Metrics;
import org.sllmr.model.Model;
import org.sllmr.model.ModelFile;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.training.Course;
import org.sllmr.training.EpochRecord;
import org.sllmr.training.EpochTraining;
import org.sllmr.training.TrainedRun;
import org.sllmr.training.Trainer;
import org.sllmr.training.TrainingDivergedException;
import org.sllmr.training.TrainingListener;
import org.sllmr.training.guidance.None;

/** Trains one model, evaluates it on the test data once, and writes a run folder. */
public final class RunExecution {
    private RunExecution() {}

    /**
     * Executes a run.
     *
     * <p>The test samples are scored only after training, with the weights of the best validation epoch.
     *
     * @param settings what to run; written into the folder unchanged
     * @param inputs dataset and teacher for these settings
     * @param folder where the run folder is to be; if the same run exists there, it is returned unchanged
     * @param listener receives training's progress
     * @throws InvalidInputException if another run exists there, or another process trains there
     */
    public static RunFolder execute(RunSettings settings, RunInputs inputs, Path folder, TrainingListener listener)
            throws InterruptedException {
        try (RunDestination place = RunDestination.lock(folder)) {
            return execute(
                    settings, inputs, place, listener, settings.training().prepareAhead(), Optional.empty(), true);
        }
    }

    /**
     * Executes a run whose steps are made elsewhere; all else is done here. It resumes as {@link #execute(RunSettings,
     * RunInputs, RunDestination, TrainingListener, boolean, Optional, boolean)} does, if the work is divided alike.
     *
     * @throws InvalidInputException also if the settings ask for guidance, or to start from another run
     */
    public static RunFolder execute(
            RunSettings settings,
            RunInputs inputs,
            RunDestination place,
            TrainingListener listener,
            StepsElsewhere elsewhere)
            throws InterruptedException {
        requireDivisible(settings, elsewhere.division().workers());
        return execute(settings, inputs, place, listener, false, Optional.empty(), true, Optional.of(elsewhere));
    }

    /**
     * Requires that workers can divide the training.
     *
     * @throws InvalidInputException if the settings ask for guidance, or to start from another run, or have fewer samples a
     *     step than there are workers
     */
    public static void requireDivisible(RunSettings settings, int workers) {
        List<Problem> problems = new ArrayList<>();
        if (settings.training().batchSize() < workers) {
            problems.add(new Problem(
                    "training.batchSize",
                    "is " + settings.training().batchSize() + ", and each of " + workers
                            + " workers has a share of a step's samples; choose at least " + workers
                            + ", better 32 times as many"));
        }
        if (!(settings.guidance() instanceof None)) {
            problems.add(new Problem(
                    "guidance",
                    "is set, and guided training cannot be divided among workers: guidance looks at all users at once;"
                            + " train with guidance=none, or with 'sllmr train' on one machine"));
        }
        if (settings.start().from().isPresent()) {
            problems.add(new Problem(
                    "start.from",
                    "is set, and only 'sllmr train' goes on from a run; leave it out, or use that command"));
        }
        if (settings.start().refit().isPresent()) {
            problems.add(new Problem(
                    "start.refit", "is set, and only 'sllmr train' refits a run; leave it out, or use that command"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    /**
     * What identifies the reference training (the backbone alone) of a run's guidance, if it has one: runs with the same
     * can share it.
     */
    public static Optional<String> reference(RunSettings settings, RunInputs inputs) {
        return RunCheckpoint.reference(settings, inputs);
    }

    /**
     * Executes a run, with or without a second thread.
     *
     * <p>A stopped run resumes from the checkpoint beside the folder's place, after its last complete epoch and with
     * the same bits. If the run or checkpoint there has other settings, data or teacher's scores, execution is refused;
     * a complete run with the same ones is returned unchanged.
     *
     * @param place where the run folder is to be
     * @param prepareAhead whether a second thread prepares batches, instead of the setting; the results are the same
     * @param references a folder where runs share reference trainings (the backbone alone) instead of repeating them;
     *     the results are the same
     * @param keepState whether the folder keeps what a later training goes on from, about three times the model's size
     */
    public static RunFolder execute(
            RunSettings settings,
            RunInputs inputs,
            RunDestination place,
            TrainingListener listener,
            boolean prepareAhead,
            Optional<Path> references,
            boolean keepState)
            throws InterruptedException {
        return execute(settings, inputs, place, listener, prepareAhead, references, keepState, Optional.empty());
    }

    private static RunFolder execute(
            RunSettings settings,
            RunInputs inputs,
            RunDestination place,
            TrainingListener listener,
            boolean prepareAhead,
            Optional<Path> references,
            boolean keepState,
            Optional<StepsElsewhere> elsewhere)
            throws InterruptedException {
        Optional<Division> division = elsewhere.map(StepsElsewhere::division);
        Fingerprint fingerprint = Fingerprint.of(settings, inputs).divided(division);
        RunCheckpoint checkpoint = RunCheckpoint.of(settings, inputs, fingerprint, place.checkpoint(), references);
        Optional<RunFolder> found = place.found(fingerprint);
        if (found.isPresent()) {
            // A process that was killed after it wrote the run may have left its checkpoint.
            place.end(checkpoint);
            return found.get();
        }
        place.begin(fingerprint, checkpoint);
        Instant started = Instant.now();
        List<TextSource> texts = WrittenKnowledge.sources(settings.model());
        RunPreparation prepared = RunPreparation.of(settings, inputs, listener);
        TrainingData data = prepared.data();
        try {
            Model model = prepared.model(settings, modelSeed(settings));
            Trainer trainer = new Trainer(settings.training().withPrepareAhead(prepareAhead), settings.guidance());
            TeacherTable teacher =
                    settings.guidance().needsTeacher() ? inputs.teacher().orElse(null) : null;
            Seed training = trainingSeed(settings);
            TrainedRun trained;
            if (elsewhere.isPresent()) {
                EpochTraining steps = elsewhere.get().training(settings, inputs, data, model, listener);
                trained = trainer.train(model, data, inputs.slices(), training, listener, checkpoint, steps);
            } else if (prepared.course().isEmpty()) {
                trained = trainer.train(model, data, teacher, inputs.slices(), training, listener, checkpoint);
            } else {
                Course course = prepared.course().get();
                trained = trainer.trainAgain(
                        model, data, teacher, inputs.slices(), training, listener, checkpoint, course);
            }
            Judgement judgement = prepared.course().isEmpty() ? judge(model, inputs) : Judgement.NONE;
            String configuration = RunConfiguration.write(settings);
            Provenance provenance = new Provenance(
                    Provenance.hash(configuration),
                    settings.seed(),
                    data.name(),
                    data.hash(),
                    settings.needTeacher() ? inputs.teacherSource() : Optional.empty(),
                    texts,
                    Build.current().commit(),
                    Versions.ofLibraries(),
                    Machine.here(),
                    division,
                    started,
                    Instant.now());
            RunContents contents = new RunContents(
                    configuration,
                    new RunMetrics(
                            new SplitMetrics(trained.validation()),
                            new SplitMetrics(judgement.metrics()),
                            trained.bestEpoch(),
                            trained.epochs().size()),
                    epochs(trained),
                    trained.reference().map(RunExecution::epochs).orElse(List.of()),
                    provenance,
                    judgement.scores(),
                    prepared.origin());
            RunFolder written = RunFolder.write(
                    place.path(),
                    contents,
                    file -> ModelFile.write(
                            file,
                            model,
                            // Sorted: the order of an immutable map differs from process to process.
                            new TreeMap<>(
                                    Map.of("dataset", data.hash(), "configuration", provenance.configurationHash()))),
                    new RunParts(
                            keepState ? Optional.of(prepared.state(model, inputs.dataset())) : Optional.empty(),
                            Optional.empty(),
                            judgement.samples()));
            place.end(checkpoint);
            return written;
        } catch (TrainingDivergedException e) {
            // A training resumed from it would diverge again.
            place.end(checkpoint);
            throw e;
        }
    }

    /** The seed that a run's model is made with. */
    public static Seed modelSeed(RunSettings settings) {
        return new Seed(settings.seed()).child("model");
    }

    /** The seed of a run's negatives, sample order and guidance. */
    public static Seed trainingSeed(RunSettings settings) {
        return new Seed(settings.seed()).child("training");
    }

    /** Test samples are scored here alone. */
    private static Judgement judge(Model model, RunInputs inputs) {
        TestData test = inputs.dataset().testData();
        float[] logits = model.score(test.log(), test.test().instances());
        Part validation = inputs.dataset().trainingData().validation();
        float[] ofValidation =
                model.score(validation.log(), validation.samples().instances());
        return new Judgement(
                Evaluation.evaluate(logits, test.test(), inputs.slices()),
                Optional.of(ScoreHistogram.of(logits, test.test())),
                Optional.of(new RunParts.Scores(
                        RunScores.of(ofValidation, validation.samples()), RunScores.of(logits, test.test()))));
    }

    /** What the test samples say; nothing of a model that was trained on everything. */
    private record Judgement(Metrics metrics, Optional<ScoreHistogram> scores, Optional<RunParts.Scores> samples) {
        static final Judgement NONE = new Judgement(Metrics.none(), Optional.empty(), Optional.empty());
    }

    private static List<EpochResult> epochs(TrainedRun trained) {
        return trained.epochs().stream().map(RunExecution::epoch).toList();
    }

    private static EpochResult epoch(EpochRecord epoch) {
        return new EpochResult(
                epoch.epoch(),
                epoch.objectiveLoss(),
                epoch.guidanceLoss(),
                epoch.learningRate(),
                new SplitMetrics(epoch.validation()),
                GuidanceEpoch.of(epoch),
                epoch.trainingSeconds() + epoch.validationSeconds(),
                epoch.samplesPerSecond());
    }
}
