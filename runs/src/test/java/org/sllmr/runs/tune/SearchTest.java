// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Seed;
import org.sllmr.data.file.FolderLock;
import org.sllmr.data.store.Dataset;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.runs.RunConfiguration;
import org.sllmr.runs.RunExecution;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.RunInputs;
import org.sllmr.runs.RunSettings;
import org.sllmr.runs.execution.SmallShop;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.training.TrainingListener;

class SearchTest {
    private static final String SEARCH = """
            set: {model.backbone: mf, model.embeddingDimension: 8, training.maxEpochs: 6, training.patience: 3}
            ranges:
              model.optimizer.learningRate: {name: log-uniform, low: 1e-3, high: 1e-1}
              training.batchSize: {name: choice, values: [32, 64]}
            trials: 5
            seeds: [1, 4]
            method: {name: successive-halving, firstEpochs: 1, factor: 2}
            """;

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static SmallShop shop;
    private static SearchInputs inputs;

    @BeforeAll
    static void makeShop() throws IOException {
        shop = SmallShop.in(shared);
        inputs = new SearchInputs(Dataset.open(shop.dataset()).trainingData(), Optional.empty());
    }

    private SearchPlan plan(String yaml) throws IOException {
        Path file = folder.resolve("search.yaml");
        Files.writeString(file, yaml);
        return SearchPlan.read(file, Optional.of(shop.dataset()), Optional.empty());
    }

    private static Search.Outcome run(SearchPlan plan, Path out, SearchListener listener) throws InterruptedException {
        return new Search(plan, inputs, out, 2, listener).run();
    }

    @Test
    void halvesFromRungToRungAndWritesTheBestConfiguration() throws Exception {
        SearchPlan plan = plan(SEARCH);
        Search.Outcome outcome = run(plan, folder.resolve("out"), SearchListener.SILENT);
        assertThat(outcome.trials()).extracting(TrialResult::epochs).containsExactly(6, 4, 2, 1, 1);
        TrialResult first = outcome.trials().get(0);
        RunSettings best = RunConfiguration.reader().file(outcome.best()).read();
        assertThat(best).isEqualTo(plan.trials().get(first.trial() - 1).settings());

        // Continuing from rung to rung gives the result of training without a stop.
        double sum = 0;
        for (long seed : new long[] {1, 4}) {
            RunSettings settings = best.withSeed(seed);
            RunFolder run = RunExecution.execute(
                    settings, RunInputs.of(settings), folder.resolve("run-" + seed), TrainingListener.SILENT);
            sum += run.contents().metrics().validation().value(SampleMetric.AUC).orElseThrow();
        }
        assertThat(first.score()).isEqualTo(sum / 2);
        assertThat(Files.readAllLines(outcome.table())).hasSize(6);
        try (var files = Files.walk(folder.resolve("out"))) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".checkpoint"));
        }
    }

    @Test
    void aStoppedSearchEndsWithTheSameTrials() throws Exception {
        SearchPlan plan = plan(SEARCH);
        List<TrialResult> straight =
                run(plan, folder.resolve("straight"), SearchListener.SILENT).trials();
        Path out = folder.resolve("stopped");
        for (int stopAt : new int[] {2, 4, 3}) {
            AtomicInteger finished = new AtomicInteger();
            Thread main = Thread.currentThread();
            assertThatThrownBy(() -> run(plan, out, new SearchListener() {
                        @Override
                        public void finished(TrialResult result, int done, int trials) {
                            if (finished.incrementAndGet() == stopAt) {
                                main.interrupt();
                            }
                        }
                    }))
                    .isInstanceOf(InterruptedException.class);
        }
        assertThat(run(plan, out, SearchListener.SILENT).trials()).isEqualTo(straight);
        assertThatThrownBy(() -> run(plan(SEARCH.replace("trials: 5", "trials: 6")), out, SearchListener.SILENT))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("search of other settings")
                .hasMessageContaining("search.trials (5 there, 6 now)");
    }

    @Test
    void trialsOfAnotherTeacherOrOtherDataAreNotResumed() throws Exception {
        SearchPlan plan = plan(SEARCH.replace("set: {", "set: {guidance: selective-pairwise, "));
        TeacherTable table = TeacherTableFile.read(shop.teacher()).table();
        Path out = folder.resolve("out");
        SearchInputs first = new SearchInputs(inputs.data(), Optional.of(table));
        new Search(plan, first, out, 2, SearchListener.SILENT).run();
        float[] scores = table.scores().clone();
        scores[0] = scores[0] == 0 ? 1 : 0;
        SearchInputs other = new SearchInputs(
                inputs.data(), Optional.of(new TeacherTable(table.offsets(), table.items(), scores, table.heldOut())));
        assertThatThrownBy(() -> new Search(plan, other, out, 2, SearchListener.SILENT).run())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("what differs: the teacher's scores;");
        assertThatThrownBy(() -> new Search(plan(SEARCH), inputs, out, 2, SearchListener.SILENT).run())
                .hasMessageContaining("guidance.name (selective-pairwise there, none now)");
        assertThat(new Search(plan, first, out, 2, SearchListener.SILENT).run().trials())
                .hasSize(5);
    }

    @Test
    void twoSearchesCannotShareAFolder() throws Exception {
        SearchPlan plan = plan(SEARCH);
        Path out = folder.resolve("taken");
        try (FolderLock held = FolderLock.take(out, "search")) {
            assertThatThrownBy(() -> run(plan, out, SearchListener.SILENT))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("is in use by another search; wait until it ends, or choose another --out");
            assertThat(held.folder().resolve("search.yaml")).doesNotExist();
        }
        assertThat(run(plan, out, SearchListener.SILENT).trials()).hasSize(5);
    }

    @Test
    void lossesAreLowestFirstAndDivergedTrialsLast() throws Exception {
        SearchPlan plan = plan(SEARCH.replace("{name: successive-halving, firstEpochs: 1, factor: 2}", "random")
                        .replace(
                                "ranges:",
                                "ranges:\n  model.initialization.deviation: {name: choice, values: [0.1, 1e25]}")
                        .replace("set: {", "set: {model.initialization: '{name: normal, deviation: 1}', ")
                        .replace("seeds: [1, 4]", "seeds: [1]")
                        .replace("training.maxEpochs: 6", "training.maxEpochs: 2")
                        .replace("trials: 5", "trials: 8")
                + "metric: logLoss\n");
        List<TrialResult> trials =
                run(plan, folder.resolve("out"), SearchListener.SILENT).trials();
        List<Double> scores = trials.stream()
                .map(TrialResult::score)
                .filter(score -> score != null)
                .toList();
        assertThat(scores).isSorted().hasSizeBetween(1, 7);
        assertThat(trials.subList(scores.size(), 8)).allMatch(trial -> trial.failure() != null);
    }

    @Test
    void rangesAreCheckedBeforeTheFirstTrial() {
        assertThatThrownBy(() -> plan(SEARCH.replace("high: 1e-1", "high: 1e-4")))
                .hasMessageContaining("allowed is above low");
        assertThatThrownBy(() -> plan(SEARCH.replace("values: [32, 64]", "values: [32, 0, none]")))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.problems())
                                .hasSize(2)
                                .allMatch(problem -> problem.where().endsWith("ranges.training.batchSize")));
        assertThatThrownBy(() -> plan(SEARCH.replace("training.batchSize", "training.batchsice")))
                .hasMessageContaining("did you mean");
        assertThatThrownBy(() -> run(plan(SEARCH + "metric: test\n"), folder.resolve("out"), SearchListener.SILENT))
                .hasMessageContaining("allowed is one of auc");
    }

    @Test
    void anAddedRangeChangesNoOtherValue() throws IOException {
        String key = "model.optimizer.learningRate";
        List<String> before = plan(SEARCH).trials().stream()
                .map(trial -> trial.values().get(key))
                .toList();
        List<String> after = plan(
                        SEARCH.replace("ranges:", "ranges:\n  training.patience: {name: integer, low: 1, high: 3}"))
                .trials()
                .stream()
                .map(trial -> trial.values().get(key))
                .toList();
        assertThat(after).isEqualTo(before).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void drawsStayWithinTheirRanges(long seed) {
        var random = new Seed(seed).generator();
        double below = 0;
        for (int draw = 0; draw < 2000; draw++) {
            double value = Double.parseDouble(new Range.LogUniform(1e-5, 1e-1).draw(random));
            assertThat(value).isBetween(1e-5, 1e-1);
            below += value < 1e-3 ? 1 : 0;
            assertThat(Double.parseDouble(new Range.Uniform(0.1234567, 0.2).draw(random)))
                    .isBetween(0.1234567, 0.2);
            assertThat(Long.parseLong(new Range.Integers(16, 256, true).draw(random)))
                    .isBetween(16L, 256L);
            assertThat(Long.parseLong(new Range.Integers(-2, 2, false).draw(random)))
                    .isBetween(-2L, 2L);
        }
        assertThat(below / 2000).as("half of the orders of magnitude").isBetween(0.45, 0.55);
    }

    @Test
    void shippedSearchesCanRun() throws IOException {
        try (var files = Files.list(Path.of("..", "configurations", "searches"))) {
            for (Path file : files.toList()) {
                SearchPlan plan = SearchPlan.read(file, Optional.of(Path.of("d")), Optional.of(Path.of("t")));
                assertThat(plan.trials()).hasSize(plan.settings().trials());
            }
        }
    }

    @Test
    void rungsEndAtTheLastEpoch() {
        assertThat(new SearchMethod.SuccessiveHalving(1, 3).rungs(10)).containsExactly(1, 3, 9, 10);
        assertThat(new SearchMethod.SuccessiveHalving(2, 2).rungs(8)).containsExactly(2, 4, 8);
        assertThat(new SearchMethod.SuccessiveHalving(5, 3).rungs(3)).containsExactly(3);
        assertThat(new SearchMethod.RandomSearch().rungs(3)).containsExactly(3);
    }
}
