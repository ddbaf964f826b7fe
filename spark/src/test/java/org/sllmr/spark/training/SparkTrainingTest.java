// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.TrainingData;
import org.sllmr.model.Model;
import org.sllmr.runs.Division;
import org.sllmr.runs.EpochResult;
import org.sllmr.runs.RunConfiguration;
import org.sllmr.runs.RunDestination;
import org.sllmr.runs.RunExecution;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.RunInputs;
import org.sllmr.runs.RunSettings;
import org.sllmr.runs.StepsElsewhere;
import org.sllmr.runs.execution.SmallShop;
import org.sllmr.spark.session.TestSession;
import org.sllmr.training.EpochRecord;
import org.sllmr.training.EpochTraining;
import org.sllmr.training.SharesInTurn;
import org.sllmr.training.TrainingDivergedException;
import org.sllmr.training.TrainingListener;

class SparkTrainingTest {
    @TempDir
    static Path shared;

    private static SmallShop shop;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeShop() throws Exception {
        shop = SmallShop.in(shared, 60);
    }

    private static RunSettings settings() {
        return RunConfiguration.read("test", """
                model:
                  backbone: {name: dcnv2, mlp: {units: [16, 8], dropout: 0.1, batchNorm: true}}
                  embeddingDimension: 8
                  initialization: {name: normal, deviation: 0.125}
                  optimizer: {learningRate: 0.01, tableWeightDecay: 0.001}
                training: {maxEpochs: 2, batchSize: 16, patience: 2, negatives: drawn}
                """).on(shop.dataset(), Optional.empty());
    }

    private static RunSettings changed(String from, String to) {
        String written = RunConfiguration.write(settings());
        assertThat(written).contains(from);
        return RunConfiguration.read("test", written.replace(from, to)).on(shop.dataset(), Optional.of(shop.teacher()));
    }

    private static RunFolder onSpark(RunSettings settings, Division division, Path out, TrainingListener listener)
            throws Exception {
        try (SparkTraining workers = new SparkTraining(TestSession.get(), division)) {
            return run(settings, workers, out, listener);
        }
    }

    private static RunFolder run(RunSettings settings, StepsElsewhere workers, Path out, TrainingListener listener)
            throws Exception {
        try (RunDestination place = RunDestination.lock(out)) {
            return RunExecution.execute(settings, RunInputs.of(settings), place, listener, workers);
        }
    }

    /** All files but those that tell times, and the losses of all epochs. */
    private static void requireSame(RunFolder one, RunFolder other) throws Exception {
        for (String file : List.of(
                "model", "optimizer", "memory.json", "metrics.json", "samples-test.scores", "configuration.yaml")) {
            assertThat(Files.readAllBytes(one.path().resolve(file)))
                    .as(file)
                    .isEqualTo(Files.readAllBytes(other.path().resolve(file)));
        }
        assertThat(one.contents().epochs().stream().map(EpochResult::objectiveLoss))
                .containsExactlyElementsOf(other.contents().epochs().stream()
                        .map(EpochResult::objectiveLoss)
                        .toList());
    }

    @Test
    void oneWorkerHasTheBytesOfOneMachine() throws Exception {
        RunFolder here = RunExecution.execute(
                settings(), RunInputs.of(settings()), folder.resolve("here"), TrainingListener.SILENT);
        RunFolder there = onSpark(settings(), new Division(1, 7), folder.resolve("there"), TrainingListener.SILENT);

        requireSame(there, here);
        assertThat(here.contents().provenance().division()).isEmpty();
        assertThat(there.contents().provenance().division()).contains(new Division(1, 7));
        assertThat(RunFolder.open(there.path()).contents().provenance().division())
                .contains(new Division(1, 7));
    }

    /** Spark's executors keep models and send what changed; the obvious way sends whole models. */
    @Test
    void fourWorkersHaveTheBytesOfFourInTurn() throws Exception {
        Division division = new Division(4, 3);
        RunFolder spark = onSpark(settings(), division, folder.resolve("spark"), TrainingListener.SILENT);
        RunFolder inTurn = run(
                settings(),
                new StepsElsewhere() {
                    @Override
                    public Division division() {
                        return division;
                    }

                    @Override
                    public EpochTraining training(
                            RunSettings run,
                            RunInputs inputs,
                            TrainingData data,
                            Model model,
                            TrainingListener listener) {
                        return new SharesInTurn(
                                run.training(),
                                () -> run.model().create(data, RunExecution.modelSeed(run)),
                                model,
                                data,
                                RunExecution.trainingSeed(run),
                                RunExecution.modelSeed(run),
                                division.workers(),
                                division.stepsPerRound());
                    }
                },
                folder.resolve("in-turn"),
                TrainingListener.SILENT);

        requireSame(spark, inTurn);
    }

    /** A teacher's scores, and vectors of texts alike, are read by the driver alone. */
    @Test
    void whatTheModelReadsBesidesTheDatasetIsSent() throws Exception {
        RunSettings reads = changed("teacherScores: false", "teacherScores: true");
        RunFolder here =
                RunExecution.execute(reads, RunInputs.of(reads), folder.resolve("here"), TrainingListener.SILENT);

        requireSame(onSpark(reads, new Division(1, 20), folder.resolve("there"), TrainingListener.SILENT), here);
    }

    @Test
    void aStoppedTrainingResumesIfItIsDividedAlike() throws Exception {
        Division division = new Division(2, 5);
        RunFolder whole = onSpark(settings(), division, folder.resolve("whole"), TrainingListener.SILENT);
        Path stopped = folder.resolve("stopped");
        List<Integer> resumed = new ArrayList<>();
        assertThatThrownBy(() -> onSpark(settings(), division, stopped, new TrainingListener() {
                    @Override
                    public void step(org.sllmr.training.StepProgress progress) {
                        if (progress.epoch() == 2) {
                            throw new CancellationException("enough");
                        }
                    }
                }))
                .hasMessage("enough");
        assertThatThrownBy(() -> onSpark(settings(), new Division(2, 6), stopped, TrainingListener.SILENT))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("stepsPerRound (5 there, 6 now)");
        RunFolder again = onSpark(settings(), division, stopped, new TrainingListener() {
            @Override
            public void resumed(List<EpochRecord> epochs) {
                resumed.add(epochs.size());
            }
        });

        assertThat(resumed).containsExactly(1);
        requireSame(again, whole);
    }

    /** A loss of a task that is not finite ends the training, and no task is tried again. */
    @Test
    void aTrainingThatDivergesSaysSo() {
        RunSettings wild = changed("deviation: 0.125", "deviation: 1.0E30");

        assertThatThrownBy(() -> onSpark(wild, new Division(2, 10), folder.resolve("wild"), TrainingListener.SILENT))
                .isInstanceOf(TrainingDivergedException.class)
                .hasMessageContaining("training diverged in epoch 1, step 1 of ");
        assertThat(folder.resolve("wild")).doesNotExist();
    }

    @Test
    void fewerSlotsThanWorkersAreRefusedBeforeAnythingStarts() {
        assertThatThrownBy(
                        () -> onSpark(settings(), new Division(5, 10), folder.resolve("five"), TrainingListener.SILENT))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "workers: are 5, but only 4 tasks can run at once, and all workers have to; choose at most 4, or"
                                + " give more slots: a master such as local[5]");
        assertThat(folder.resolve("five")).doesNotExist();
    }

    @Test
    void whatOneMachineAloneDoesIsRefused() {
        RunSettings guided = changed("guidance:\n  name: none", "guidance: calibrated-pairwise");

        assertThatThrownBy(
                        () -> onSpark(guided, new Division(2, 10), folder.resolve("guided"), TrainingListener.SILENT))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("guidance: is set, and guided training cannot be divided among workers")
                .hasMessageContaining("train with guidance=none, or with 'sllmr train' on one machine");
    }

    @Test
    void aBatchWithoutASampleForEachWorkerIsRefused() {
        assertThatThrownBy(() -> RunExecution.requireDivisible(settings(), 17))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "training.batchSize: is 16, and each of 17 workers has a share of a step's samples; choose at"
                                + " least 17, better 32 times as many");
    }
}
