// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sllmr.bundle.Recommendations;
import org.sllmr.bundle.Recommender;
import org.sllmr.bundle.Request;
import org.sllmr.bundle.format.HistoryForm;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Instances;
import org.sllmr.data.TrainedRows;
import org.sllmr.data.TrainingData;
import org.sllmr.data.Vocabulary;
import org.sllmr.data.store.Dataset;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.model.Model;
import org.sllmr.preparation.PartKind;
import org.sllmr.preparation.PartSettings;
import org.sllmr.preparation.SplitSettings;
import org.sllmr.runs.compare.RunGroup;
import org.sllmr.runs.execution.SmallShop;
import org.sllmr.runs.export.RunExport;
import org.sllmr.training.StepProgress;
import org.sllmr.training.TrainingListener;

/** Trainings that go on from a run, on all data again and on new data alone. */
class GoingOnTest {
    @TempDir
    Path folder;

    private GrowingLog log;

    @BeforeEach
    void makeLog() {
        long seed = Long.getLong("sllmr.seed", 1);
        System.out.println("log of seed " + seed);
        log = new GrowingLog(folder, seed);
    }

    private static RunSettings settings(Path data, Optional<Path> from, String... further) {
        List<String> all = new ArrayList<>(List.of(
                "model.backbone=deepfm",
                "model.backbone.mlp.units=[8]",
                "model.backbone.mlp.dropout=0.1",
                "model.embeddingDimension=4",
                "model.schema.unknown.share=0.1",
                "training.maxEpochs=3",
                "training.patience=3",
                "training.batchSize=32"));
        all.addAll(List.of(further));
        RunSettings read = RunConfiguration.reader().assignments(all).read().on(data, Optional.empty());
        return read.withStart(new StartSettings(from, read.start().rows(), Optional.empty()));
    }

    private RunFolder run(String name, RunSettings settings) throws Exception {
        return RunExecution.execute(settings, RunInputs.of(settings), folder.resolve(name), TrainingListener.SILENT);
    }

    /** Stops a training within an epoch. */
    private void stop(String name, RunSettings settings, int epoch) {
        assertThatThrownBy(() -> RunExecution.execute(
                        settings, RunInputs.of(settings), folder.resolve(name), new TrainingListener() {
                            @Override
                            public void step(StepProgress step) {
                                if (step.epoch() == epoch && step.step() == 2) {
                                    Thread.currentThread().interrupt();
                                }
                            }
                        }))
                .isInstanceOf(InterruptedException.class);
        assertThat(folder.resolve("." + name + ".checkpoint").toFile().exists()).isEqualTo(epoch > 1);
    }

    private static DataNews news(RunFolder run) {
        return run.contents().origin().flatMap(RunOrigin::news).orElseThrow();
    }

    private static DataNews.NewValues values(RunFolder run, String table) {
        return news(run).tables().stream()
                .filter(each -> each.table().equals(table))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void onAllDataAgainOnlyNewRowsAreTrainedOn(boolean labelled) throws Exception {
        Path old = log.prepare("old", 1, 500, 400, 450, labelled);
        Path all = log.prepare("all", 1, 1000, 800, 900, labelled);
        RunFolder first = run("first", settings(old, Optional.empty()));
        RunFolder second = run("second", settings(all, Optional.of(first.path())));
        TrainingData before = Dataset.open(old).trainingData();
        TrainingData now = Dataset.open(all).trainingData();
        assertThat(news(second).knownRows()).isEqualTo(before.training().size());
        assertThat(news(second).rows())
                .isEqualTo(now.training().size() - before.training().size())
                .isPositive();
        assertThat(values(second, "user").known()).isEqualTo(before.userIds().size());
        assertThat(values(second, "user").added())
                .isEqualTo(now.userIds().size() - before.userIds().size())
                .isPositive();
        assertThat(values(second, "user").absent()).isZero();
        assertThat(values(second, "item").known()).isPositive();
        assertThat(news(second).numbers())
                .extracting(DataNews.KeptNumbers::field)
                .containsExactly("item.price");
        RunOrigin.Ancestor from =
                second.contents().origin().flatMap(RunOrigin::from).orElseThrow();
        assertThat(from.model()).isEqualTo(first.modelHash());
        assertThat(from.dataHash()).isEqualTo(before.hash());
        // What is read again is what was written.
        assertThat(RunFolder.open(second.path())).isEqualTo(second);
        assertThat(RunEvaluation.evaluate(second, Dataset.open(all)))
                .isEqualTo(second.contents().metrics());
        // The numbers keep the scale that the weights were trained with.
        assertThat(second.memory().orElseThrow().schema().numbers())
                .usingRecursiveComparison()
                .isEqualTo(first.memory().orElseThrow().schema().numbers());
        RunFolder again =
                run("again", settings(all, Optional.of(first.path()), "start.rows=all", "training.maxEpochs=1"));
        assertThat(again.contents().metrics()).isNotEqualTo(second.contents().metrics());
    }

    /** The graph is that of the new data; known users and items keep their rows, and new ones get rows and edges. */
    @ParameterizedTest
    @ValueSource(strings = {"lightgcn", "ngcf"})
    void aGraphGrows(String backbone) throws Exception {
        Path old = log.prepare("old", 1, 500, 400, 450, false);
        Path all = log.prepare("all", 1, 1000, 800, 900, false);
        List<String> graph = List.of(
                "model.backbone=" + backbone,
                "model.backbone.layers=1",
                "model.schema.fields=[user, item]",
                "model.schema.unknown.share=0.1",
                "model.embeddingDimension=4",
                "training.maxEpochs=3",
                "training.patience=3",
                "training.batchSize=32");
        RunFolder first = run("first", graph(graph, old, Optional.empty()));
        RunSettings onward = graph(graph, all, Optional.of(first.path()));
        RunFolder second = run("second", onward);
        TrainingData now = Dataset.open(all).trainingData();
        assertThat(values(second, "user").known())
                .isEqualTo(Dataset.open(old).trainingData().userIds().size());
        assertThat(values(second, "user").added()).isPositive();
        assertThat(news(second).rows()).isPositive().isLessThan(now.training().size());
        // What is read again is what was trained, from propagated rows alone.
        assertThat(RunEvaluation.evaluate(second, Dataset.open(all)))
                .isEqualTo(second.contents().metrics());
        // A training that was stopped in its second epoch ends with the same model.
        stop("stopped", onward, 2);
        assertThat(run("stopped", onward).modelHash()).isEqualTo(second.modelHash());
        // It starts from the first run: without it the same training gives another model.
        assertThat(run("alone", graph(graph, all, Optional.empty())).modelHash())
                .isNotEqualTo(second.modelHash());
    }

    private static RunSettings graph(List<String> assignments, Path data, Optional<Path> from) {
        RunSettings read =
                RunConfiguration.reader().assignments(assignments).read().on(data, Optional.empty());
        return read.withStart(new StartSettings(from, read.start().rows(), Optional.empty()));
    }

    @Test
    void withLeaveOneOutFormerlyHeldOutInteractionsAreNew() throws Exception {
        Path old = log.prepareLeaveOneOut("old", 1, 500);
        Path all = log.prepareLeaveOneOut("all", 1, 1000);
        RunFolder first = run("first", settings(old, Optional.empty()));
        RunFolder second = run("second", settings(all, Optional.of(first.path())));
        assertThat(news(second).knownRows())
                .isEqualTo(Dataset.open(old).trainingData().training().size());
        // The same data again hold nothing new.
        assertThatThrownBy(() -> run("none", settings(old, Optional.of(first.path()))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has no training rows that")
                .hasMessageContaining("start.rows=all");
    }

    @Test
    void everythingOfLeaveOneOutIsEachInteractionButTheFirst() throws Exception {
        Dataset dataset = Dataset.open(log.prepareLeaveOneOut("all", 1, 1000));
        TrainingData everything = dataset.everything();
        assertThat(everything.log().size())
                .isEqualTo(dataset.manifest().counts().interactions());
        Instances rows = everything.training().instances();
        int row = 0;
        for (int user = 0; user < everything.log().users(); user++) {
            for (int position = 1; position < everything.log().length(user); position++) {
                assertThat(rows.users()[row]).isEqualTo(user);
                assertThat(rows.positions()[row]).isEqualTo(position);
                assertThat(rows.items()[row]).isEqualTo(everything.log().item(user, position));
                assertThat(rows.positions()[row + 1]).isEqualTo(position);
                row += 2;
            }
        }
        assertThat(row).isEqualTo(rows.size());
    }

    @Test
    void onNewDataAloneWhatTheyLackKeepsItsRows() throws Exception {
        Path old = log.prepare("old", 1, 500, 400, 450, false);
        Path fresh = log.prepare("fresh", 700, 1000, 900, 950, false);
        RunFolder first = run("first", settings(old, Optional.empty()));
        RunFolder second = run("second", settings(fresh, Optional.of(first.path())));
        assertThat(news(second).knownRows()).isZero();
        assertThat(news(second).rows())
                .isEqualTo(Dataset.open(fresh).trainingData().training().size());
        assertThat(RunEvaluation.evaluate(second, Dataset.open(fresh)))
                .isEqualTo(second.contents().metrics());
        bundleScoresAs(second, Dataset.open(fresh));
        // A third day, on everything: users of the first day are known there too.
        Path all = log.prepare("all", 1, 1000, 960, 980, false);
        RunFolder third = run("third", settings(all, Optional.of(second.path())));
        assertThat(values(third, "user").known())
                .isGreaterThanOrEqualTo(
                        Dataset.open(old).trainingData().userIds().size());
        assertThat(values(third, "user").absent()).isZero();
        assertThat(RunEvaluation.evaluate(third, Dataset.open(all)))
                .isEqualTo(third.contents().metrics());
    }

    /** A bundle has the rows of the data alone, in their order. */
    private void bundleScoresAs(RunFolder run, Dataset dataset) throws IOException {
        Path bundle = folder.resolve("bundle");
        RunExport.run(run, dataset, "b", HistoryForm.NONE, bundle, false);
        Recommender recommender = Recommender.open(bundle);
        TrainingData data = dataset.trainingData();
        Vocabulary items = data.catalogue().ids();
        Model model = RunEvaluation.model(run, dataset);
        for (int user = -1; user < data.userIds().size(); user++) {
            String id = user < 0 ? "u-unknown" : data.userIds().value(user);
            Recommendations all = recommender.recommend(
                    Request.ofHistory(List.of()).withUser(id).withSeen(true).withK(items.size()));
            for (Recommendations.Item item : all.items()) {
                int number = items.indexOf(item.item());
                float[] expected =
                        model.score(data.log(), new Instances(new int[] {user}, new int[] {number}, new int[] {0}));
                assertThat(item.score()).isCloseTo(expected[0], Offset.offset(1e-4f));
            }
        }
    }

    @Test
    void theSameTwoStepsGiveTheSameBitsAlsoAfterAStop() throws Exception {
        Path old = log.prepare("old", 1, 500, 400, 450, true);
        Path all = log.prepare("all", 1, 1000, 800, 900, true);
        RunFolder first = run("first", settings(old, Optional.empty()));
        RunFolder firstAgain = run("first-again", settings(old, Optional.empty(), "training.prepareAhead=false"));
        RunFolder second = run("second", settings(all, Optional.of(first.path())));
        RunSettings settings = settings(all, Optional.of(firstAgain.path()));
        stop("again", settings, 2);
        RunFolder resumed = run("again", settings);
        for (String name : List.of("metrics.json", "optimizer", "memory.json")) {
            assertThat(folder.resolve("again").resolve(name))
                    .hasSameBinaryContentAs(folder.resolve("second").resolve(name));
        }
        try (var one = Files.newInputStream(second.model());
                var other = Files.newInputStream(resumed.model())) {
            // The metadata name the configuration, which names the run to go on from.
            assertThat(tail(one.readAllBytes())).isEqualTo(tail(other.readAllBytes()));
        }
        // The same command finds its run, and one from another run is refused.
        assertThat(run("again", settings)).isEqualTo(RunFolder.open(resumed.path()));
        RunFolder other = run("other", settings(old, Optional.empty(), "seed=2"));
        assertThatThrownBy(() -> run("again", settings(all, Optional.of(other.path()))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("what differs: the run to go on from;");
    }

    private static byte[] tail(byte[] bytes) {
        int from = bytes.length - 4 * 100;
        return Arrays.copyOfRange(bytes, from, bytes.length);
    }

    @Test
    void aRunThatDoesNotFitIsRefusedWithEveryReason() throws Exception {
        Path old = log.prepare("old", 1, 500, 400, 450, false);
        RunFolder first = run("first", settings(old, Optional.empty()));
        Path otherKind = log.prepare(
                "other",
                1,
                1000,
                true,
                SplitSettings.defaults().withParts(PartSettings.defaults().withBy(PartKind.USERS)),
                List.of());
        assertThatThrownBy(() -> run(
                        "second",
                        settings(
                                otherKind,
                                Optional.of(first.path()),
                                "model.backbone=dcnv2",
                                "model.embeddingDimension=8",
                                "model.schema.historyLength=7",
                                "model.schema.numbers.form=logarithmic")))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        refused -> assertThat(refused.problems())
                                .extracting(problem -> problem.toString())
                                .anyMatch(text -> text.startsWith("model.backbone.name: is dcnv2, and deepfm in"))
                                .anyMatch(text -> text.startsWith("model.embeddingDimension: is 8, and 4 in"))
                                .anyMatch(text -> text.startsWith("model.schema.historyLength: is 7, and 20 in"))
                                .anyMatch(text -> text.contains("is split by users") && text.contains("by time"))
                                .anyMatch(text -> text.contains("has labels of its own"))
                                .anyMatch(text -> text.contains("item.price: was read as standardized numbers"))
                                .anyMatch(text -> text.contains("trained with item.brand, history.brand")));
        assertThat(folder.resolve("second")).doesNotExist();
        // Another learning rate, seed and number of epochs are as good as the former.
        Path all = log.prepare("all", 1, 1000, 800, 900, false);
        run(
                "third",
                settings(
                        all,
                        Optional.of(first.path()),
                        "model.optimizer.learningRate=0.01",
                        "seed=7",
                        "training.maxEpochs=1"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void dataThatHoldOutWhatTheRunKnowsAreRefused(boolean labelled) throws Exception {
        Path old = log.prepare("old", 1, 900, 800, 850, labelled);
        RunFolder first = run("first", settings(old, Optional.empty()));
        Path all = log.prepare("all", 1, 1000, 600, 700, labelled);
        assertThatThrownBy(() -> run("second", settings(all, Optional.of(first.path()))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("validation and")
                .hasMessageContaining("first was trained on")
                .hasMessageContaining("--validation-from later than 1970-01-01T00:13:");
        // Other histories do not hide it.
        Path fresh = log.prepare("fresh", 300, 1000, 600, 700, labelled);
        assertThatThrownBy(() -> run("second", settings(fresh, Optional.of(first.path()))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("first was trained");
    }

    @Test
    void aRunWithoutItsStateIsNotGoneOnFrom() throws Exception {
        Path old = log.prepare("old", 1, 500, 400, 450, false);
        RunSettings settings = settings(old, Optional.empty());
        try (RunDestination place = RunDestination.lock(folder.resolve("first"))) {
            RunExecution.execute(
                    settings, RunInputs.of(settings), place, TrainingListener.SILENT, false, Optional.empty(), false);
        }
        assertThatThrownBy(() -> RunInputs.of(settings(old, Optional.of(folder.resolve("first")))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("keeps no optimizer state")
                .hasMessageContaining("sllmr train");
        RunFolder whole = run("whole", settings);
        byte[] optimizer = Files.readAllBytes(whole.path().resolve("optimizer"));
        optimizer[optimizer.length / 2] ^= 4;
        Files.write(whole.path().resolve("optimizer"), optimizer);
        assertThatThrownBy(() -> RunInputs.of(settings(old, Optional.of(whole.path()))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("optimizer");
    }

    @Test
    void aRefitTrainsOnEverythingAndIsNotJudged() throws Exception {
        Path old = log.prepare("old", 1, 500, 400, 450, false);
        RunFolder judged = run(
                "judged",
                settings(old, Optional.empty(), "training.decay.factor=0.5", "model.optimizer.learningRate=0.05"));
        RunSettings settings = refit(judged);
        RunFolder refit = run("refit", settings);
        Dataset dataset = Dataset.open(old);
        assertThat(refit.contents().judged()).isFalse();
        assertThat(refit.contents().epochs())
                .extracting(EpochResult::learningRate)
                .isEqualTo(judged.contents().epochs().stream()
                        .limit(judged.contents().metrics().bestEpoch())
                        .map(EpochResult::learningRate)
                        .toList());
        assertThat(refit.contents().metrics().test().all().values())
                .allMatch(measured -> measured.value().isEmpty() && measured.samples() == 0);
        assertThat(refit.contents().scores()).isEmpty();
        assertThat(RunFolder.open(refit.path())).isEqualTo(refit);
        for (ThrowingUse use : List.<ThrowingUse>of(
                () -> RunEvaluation.evaluate(refit, dataset),
                () -> RunGroup.of(List.of(judged, refit)),
                () -> run("once-more", refit(refit)))) {
            assertThatThrownBy(use::run)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("refit: was trained on everything (--refit), so it is not judged")
                    .hasMessageContaining("judged, whose epochs and settings it has");
        }
        // The model is there, and its histories end with the newest interaction.
        Model model = RunEvaluation.model(refit, dataset);
        TrainingData everything = dataset.everything();
        int user = 0;
        int length = everything.log().length(user);
        float[] scores = model.score(
                everything.log(), new Instances(new int[] {user, user}, new int[] {3, 3}, new int[] {length, 1}));
        assertThat(scores[0]).isFinite().isNotEqualTo(scores[1]);
        assertThat(refit.memory().orElseThrow().rows().rows())
                .isEqualTo(TrainedRows.of(everything).rows());
        // A stopped one resumes, with the same bits.
        stop("stopped", settings, refit.contents().metrics().epochs());
        run("stopped", settings);
        assertThat(folder.resolve("stopped").resolve("model")).hasSameBinaryContentAs(refit.model());
        // The next day goes on from it.
        Path all = log.prepare("all", 1, 1000, 800, 900, false);
        RunFolder next = run("next", settings(all, Optional.of(refit.path()), "training.decay.factor=0.5"));
        assertThat(news(next).knownRows()).isEqualTo(everything.training().size());
        assertThat(next.contents().judged()).isTrue();
        // And its refit goes on from the same run.
        RunFolder nextRefit = run("next-refit", refit(next));
        assertThat(news(nextRefit).rows()).isGreaterThan(news(next).rows());
        assertThat(nextRefit.contents().origin().flatMap(RunOrigin::from))
                .isEqualTo(next.contents().origin().flatMap(RunOrigin::from));
        // Data that it has seen cannot judge what goes on from it.
        assertThatThrownBy(() -> run("seen", settings(old, Optional.of(refit.path()))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("refit was trained on");
    }

    private interface ThrowingUse {
        void run() throws Exception;
    }

    private static RunSettings refit(RunFolder judged) {
        RunSettings settings = RunConfiguration.read(
                judged.path().toString(), judged.contents().configuration());
        return settings.withStart(
                new StartSettings(settings.start().from(), settings.start().rows(), Optional.of(judged.path())));
    }

    @Test
    void aRefitHasTheSettingsOfItsRun() throws Exception {
        Path old = log.prepare("old", 1, 500, 400, 450, false);
        RunFolder judged = run("judged", settings(old, Optional.empty()));
        assertThatThrownBy(() -> RunInputs.of(refit(judged).withSeed(9)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has other settings")
                .hasMessageContaining("seed (1 there, 9 now)");
    }

    @Test
    void aGuidedRefitTakesItsGuidanceFromTheJudgedData() throws Exception {
        SmallShop shop = SmallShop.in(folder);
        Path scores = shop.teacherHoldingOut(folder.resolve("held-out.scores"));
        RunSettings settings = RunConfiguration.reader()
                .assignments(List.of(
                        "model.backbone=mf",
                        "model.embeddingDimension=4",
                        "training.maxEpochs=3",
                        "guidance=calibrated-pairwise",
                        "guidance.referenceEpochs=3"))
                .read()
                .on(shop.dataset(), Optional.of(scores));
        RunFolder judged = run("judged", settings);
        RunFolder refit = run("refit", refit(judged));
        assertThat(refit.contents().reference())
                .hasSizeBetween(1, 3)
                .allMatch(epoch -> epoch.validation().value(SampleMetric.AUC).isEmpty());
        assertThat(refit.contents().epochs())
                .hasSize(judged.contents().metrics().bestEpoch())
                .allMatch(epoch -> epoch.guidanceLoss() > 0);
    }
}
