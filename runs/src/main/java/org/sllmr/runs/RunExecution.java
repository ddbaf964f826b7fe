// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Seed;
import org.sllmr.data.TestData;
import org.sllmr.data.TrainingData;
import org.sllmr.evaluation.Evaluation;
import org.sllmr.evaluation.Metrics;
import org.sllmr.model.CtrModel;
import org.sllmr.model.ModelFile;
import org.sllmr.training.EpochRecord;
import org.sllmr.training.TrainedRun;
import org.sllmr.training.Trainer;
import org.sllmr.training.TrainingDivergedException;
import org.sllmr.training.TrainingListener;
import org.sllmr.training.guidance.GuidanceReport;

/** Trains one model, judges it on the test data once, and leaves a run folder. */
public final class RunExecution {
    private RunExecution() {}

    /**
     * Executes a run.
     *
     * <p>The test samples are scored after training has ended, with the weights of the best validation epoch; nothing
     * flows back.
     *
     * @param settings what to run; written into the folder as it is
     * @param inputs dataset and teacher of these settings
     * @param folder where the run folder is to be; the same run may be there already, and is then returned as it is
     * @param listener told of training's progress
     * @throws InvalidInputException if another run is there, or somebody is at work there
     */
    public static RunFolder execute(RunSettings settings, RunInputs inputs, Path folder, TrainingListener listener)
            throws InterruptedException {
        try (RunPlace place = RunPlace.take(folder)) {
            return execute(
                    settings, inputs, place, listener, settings.training().prepareAhead(), Optional.empty());
        }
    }

    /**
     * Executes a run, with or without a second thread.
     *
     * <p>A run that was stopped left a checkpoint beside the folder's place, and goes on after its last whole epoch with
     * the same bits. One of other settings, data or teacher's scores is refused, and so is a run of others that is there;
     * a complete run of the same is returned as it is.
     *
     * @param place where the run folder is to be
     * @param prepareAhead whether a second thread prepares batches, in place of the setting; the results are the same
     * @param references a folder where runs that need the same backbone alone find it, instead of training it again; the
     *     results are the same
     */
    public static RunFolder execute(
            RunSettings settings,
            RunInputs inputs,
            RunPlace place,
            TrainingListener listener,
            boolean prepareAhead,
            Optional<Path> references)
            throws InterruptedException {
        Fingerprint fingerprint = Fingerprint.of(settings, inputs);
        RunCheckpoint checkpoint = RunCheckpoint.of(settings, inputs, fingerprint, place.checkpoint(), references);
        Optional<RunFolder> found = place.found(fingerprint);
        if (found.isPresent()) {
            // A process that was killed after its last byte may have left its checkpoint.
            place.end(checkpoint);
            return found.get();
        }
        place.begin(fingerprint);
        Instant started = Instant.now();
        TrainingData data = inputs.dataset().trainingData();
        Seed seed = new Seed(settings.seed());
        try (CtrModel model = CtrModel.create(data, settings.model(), seed.child("model"))) {
            TrainedRun trained = new Trainer(settings.training().withPrepareAhead(prepareAhead), settings.guidance())
                    .train(
                            model,
                            data,
                            inputs.teacher().orElse(null),
                            inputs.slices(),
                            seed.child("training"),
                            listener,
                            checkpoint);
            TestData test = inputs.dataset().testData();
            float[] logits = model.score(test.log(), test.test().instances());
            Metrics metrics = Evaluation.evaluate(logits, test.test(), inputs.slices());
            String configuration = RunConfiguration.write(settings);
            Provenance provenance = new Provenance(
                    Provenance.hash(configuration),
                    settings.seed(),
                    data.name(),
                    data.hash(),
                    settings.guidance().needsTeacher() ? inputs.teacherSource() : Optional.empty(),
                    Build.current().commit(),
                    Versions.ofLibraries(),
                    Machine.here(),
                    started,
                    Instant.now());
            RunContents contents = new RunContents(
                    configuration,
                    new RunMetrics(
                            new SplitMetrics(trained.best().validation()),
                            new SplitMetrics(metrics),
                            trained.bestEpoch(),
                            trained.epochs().size()),
                    epochs(trained),
                    trained.reference().map(RunExecution::epochs).orElse(List.of()),
                    provenance,
                    Optional.of(ScoreHistogram.of(logits, test.test())));
            RunFolder written = RunFolder.write(
                    place.path(),
                    contents,
                    file -> ModelFile.write(
                            file,
                            model,
                            // Sorted: the order of a plain map differs from process to process.
                            new TreeMap<>(
                                    Map.of("dataset", data.hash(), "configuration", provenance.configurationHash()))));
            place.end(checkpoint);
            return written;
        } catch (TrainingDivergedException e) {
            // It would diverge again from there.
            place.end(checkpoint);
            throw e;
        }
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
                guidance(epoch.guidance()),
                epoch.trainingSeconds() + epoch.validationSeconds(),
                epoch.samplesPerSecond());
    }

    private static Optional<GuidanceState> guidance(GuidanceReport report) {
        return report.pairs().map(pairs -> {
            Map<String, Double> weights = new LinkedHashMap<>();
            Map<String, Double> regions = new LinkedHashMap<>();
            report.gate().ifPresent(gate -> {
                gate.parameters().forEach(parameter -> weights.put(parameter.name(), parameter.value()));
                gate.regions().forEach(region -> regions.put(region.region().label(), region.mean()));
            });
            return new GuidanceState(weights, regions, pairs.meanHinge(), pairs.violatedShare(), pairs.perStep());
        });
    }
}
