// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Popularity;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.store.Dataset;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.evaluation.significance.Difference;
import org.sllmr.evaluation.significance.Pairing;
import org.sllmr.model.CatalogueScorer;
import org.sllmr.preparation.PartSettings;
import org.sllmr.preparation.Preparation;
import org.sllmr.preparation.PreparationSettings;
import org.sllmr.preparation.SplitSettings;
import org.sllmr.preparation.read.InteractionSource;
import org.sllmr.preparation.read.PartFiles;
import org.sllmr.preparation.read.SourceSettings;
import org.sllmr.preparation.read.TableFile;
import org.sllmr.runs.Blend;
import org.sllmr.runs.BlendSettings;
import org.sllmr.runs.RunBlend;
import org.sllmr.runs.RunConfiguration;
import org.sllmr.runs.RunEvaluation;
import org.sllmr.runs.RunExecution;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.RunInputs;
import org.sllmr.runs.RunScorer;
import org.sllmr.runs.RunSettings;
import org.sllmr.runs.ranking.Split;
import org.sllmr.teacher.ScoreProvenance;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.training.TrainingListener;
import org.sllmr.training.calibration.NewItems;
import org.sllmr.training.calibration.Preference;

class FoldComparisonTest {
    private static final int FOLDS = 3;
    private static final int USERS = 120;

    @TempDir
    private Path folder;

    private Path dataset(int fold) throws IOException {
        RandomGenerator random = new Seed(5).generator();
        StringBuilder train = new StringBuilder("user,item,time\n");
        StringBuilder test = new StringBuilder("user,item,time\n");
        StringBuilder candidates = new StringBuilder("user,item\n");
        for (int user = 0; user < USERS; user++) {
            for (int i = 0; i < 4; i++) {
                train.append("u%d,i%d,%d\n".formatted(user, (user + 3 * i) % 12, i));
                candidates.append("u%d,j%d\n".formatted(user, (user + i) % 9));
            }
            test.append("u%d,j%d,9\n".formatted(user, (user + random.nextInt(4)) % 9));
        }
        Path in = Files.createDirectories(folder.resolve("in"));
        InteractionSource source = InteractionSource.of(
                        TableFile.of(Files.writeString(in.resolve("train.csv"), train)), "user", "item", "time")
                .withParts(new PartFiles(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Files.writeString(in.resolve("test.csv"), test)),
                        Optional.of(Files.writeString(in.resolve("candidates.csv"), candidates))));
        Path out = folder.resolve("fold-" + fold);
        Preparation.run(
                new PreparationSettings(
                        "fold-" + fold,
                        new SourceSettings(source, Optional.empty(), Optional.empty()),
                        SplitSettings.defaults()
                                .withParts(PartSettings.defaults().withFold(fold, FOLDS))),
                out,
                false,
                ProgressListener.NONE);
        return out;
    }

    private RunFolder run(Path dataset, int dimension, long seed, String name)
            throws IOException, InterruptedException {
        RunSettings settings = RunConfiguration.read(name, """
                        model: {embeddingDimension: %d, backbone: {name: deepfm, mlp: {units: [4]}}}
                        training: {maxEpochs: 1, batchSize: 16}
                        guidance: none
                        """.formatted(dimension))
                .withSeed(seed)
                .on(dataset, Optional.empty());
        return RunExecution.execute(settings, RunInputs.of(settings), folder.resolve(name), TrainingListener.SILENT);
    }

    @Test
    void everyUserCountsOnceByTheRunThatTestedThem() throws Exception {
        List<Path> datasets = new ArrayList<>();
        List<RunFolder> runs = new ArrayList<>();
        for (int fold = 1; fold <= FOLDS; fold++) {
            datasets.add(dataset(fold));
        }
        for (int dimension : new int[] {2, 3}) {
            for (long seed : new long[] {1, 2}) {
                for (int fold = 0; fold < FOLDS; fold++) {
                    runs.add(run(datasets.get(fold), dimension, seed, dimension + "-" + seed + "-" + fold));
                }
            }
        }
        // A seed that not every fold has.
        runs.add(run(datasets.get(0), 2, 7, "alone"));

        assertThat(FoldComparison.needed(runs)).isTrue();
        assertThat(FoldComparison.needed(runs.subList(0, 1))).isFalse();
        Comparison comparison =
                FoldComparison.of(runs, Split.TEST, run -> Dataset.open(dataset(run)), ProgressListener.NONE);

        assertThat(comparison.dataset()).isEqualTo("fold-1, fold-2, fold-3");
        assertThat(comparison.notes()).singleElement().asString().contains("seed 7", "1 of 3 folds");
        assertThat(comparison.methods()).hasSize(1);
        List<Difference> differences = comparison.of(comparison.methods().get(0));
        assertThat(differences)
                .extracting(Difference::pairing)
                .containsExactly(Pairing.SEEDS, Pairing.SEEDS, Pairing.USERS, Pairing.USERS);
        Difference users = differences.get(2);
        assertThat(users.metric()).isEqualTo(SampleMetric.AUC_WITHIN_IMPRESSIONS);
        assertThat(users.pairs()).isEqualTo(USERS);
        assertThat(differences.get(0).pairs()).isEqualTo(2);
        // As many users a fold and one list each, so the mean over users is that over the runs' own metrics.
        double expected = runs.subList(0, 2 * FOLDS).stream()
                .mapToDouble(run -> run.contents()
                        .metrics()
                        .test()
                        .value(SampleMetric.AUC_WITHIN_IMPRESSIONS)
                        .orElseThrow())
                .average()
                .orElseThrow();
        assertThat(users.baseline()).isCloseTo(expected, within(1e-9));
        assertThat(differences.get(0).baseline()).isCloseTo(expected, within(1e-9));
        assertThat(differences.get(0).difference()).isCloseTo(users.difference(), within(1e-9));

        List<RunFolder> twice = List.of(runs.get(0), runs.get(1), runs.get(0));
        assertThatThrownBy(() ->
                        FoldComparison.of(twice, Split.TEST, run -> Dataset.open(dataset(run)), ProgressListener.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("leave one out");
        assertThatThrownBy(() -> FoldComparison.of(
                        runs.subList(0, FOLDS), Split.TEST, run -> Dataset.open(dataset(run)), ProgressListener.NONE))
                .hasMessageContaining("one configuration");
    }

    private static Path dataset(RunFolder run) {
        return RunGroup.settings(run).data().orElseThrow();
    }

    /** The slow form of a blend: feature by feature. */
    @Test
    void aRunThatIsBlendedWithATeacherScoresRanksAndComparesAsAnotherMethod() throws Exception {
        Path place = dataset(1);
        Dataset dataset = Dataset.open(place);
        TrainingData data = dataset.trainingData();
        Path file = folder.resolve("teacher.scores");
        int[] offsets = new int[USERS + 1];
        List<int[]> known = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            int number = Integer.parseInt(data.userIds().value(user).substring(1));
            // Of some users one candidate has no score.
            for (int i = 0; i < (number % 6 == 0 ? 3 : 4); i++) {
                known.add(new int[] {data.catalogue().ids().indexOf("j" + (number + i) % 9), (number * 7 + i * 5) % 11
                });
            }
            offsets[user + 1] = known.size();
            known.subList(offsets[user], offsets[user + 1]).sort(Comparator.comparingInt(one -> one[0]));
        }
        float[] taughtScores = new float[known.size()];
        for (int index = 0; index < taughtScores.length; index++) {
            taughtScores[index] = known.get(index)[1] / 11f;
        }
        int size = known.size();
        new TeacherTableFile(
                        new ScoreProvenance(
                                "numbers",
                                "made up",
                                Map.of(),
                                data.name(),
                                data.hash(),
                                0,
                                Map.of("IMPORTED", size),
                                Map.of("IMPORTED", size),
                                size,
                                size,
                                USERS,
                                9),
                        new TeacherTable(
                                offsets,
                                known.stream().mapToInt(one -> one[0]).toArray(),
                                taughtScores,
                                new boolean[USERS]))
                .write(file);
        RunFolder alone = run(place, 2, 1, "plain");

        RunBlend.Blended made = RunBlend.of(
                alone,
                dataset,
                new BlendSettings(Optional.of(file), 0.5, NewItems.UNPOPULAR),
                folder.resolve("blended"));

        RunFolder blended = RunFolder.open(folder.resolve("blended"));
        Blend blend = blended.blend().orElseThrow();
        assertThat(blend).isEqualTo(made.blend());
        assertThat(blend.comparisons()).isBetween(100, 40 * 3 - 1);
        assertThat(blended.contents().metrics()).isEqualTo(RunEvaluation.evaluate(blended, dataset));
        TeacherTable table = TeacherTableFile.read(file, data).table();
        RunScorer scorer = RunEvaluation.scorer(blended, dataset);
        Instances rows = dataset.testData().test().instances();
        InteractionLog log = dataset.testData().log();
        float[] logits = RunEvaluation.model(alone, dataset).score(log, rows);
        float[] scores = scorer.score(log, rows);
        int unscored = 0;
        for (int row = 0; row < scores.length; row++) {
            int index = table.indexOf(rows.users()[row], rows.items()[row]);
            unscored += index < 0 ? 1 : 0;
            double taught = index < 0 ? blend.missing() : table.scores()[index];
            double popularity = Math.log1p(Popularity.of(data).positives(rows.items()[row]));
            double[] features = {logits[row], popularity, popularity * popularity, taught, taught * taught};
            boolean tail = Preference.of(data, new double[5]).longTail(rows.items()[row]);
            double expected = blend.intercept() + (tail ? 0.5 : 0);
            for (int feature = 0; feature < features.length; feature++) {
                expected += blend.weights().get(feature) * features[feature];
            }
            assertThat((double) scores[row]).isCloseTo(expected, within(1e-4));
        }
        assertThat(unscored).isPositive();

        int user = rows.users()[0];
        int items = data.catalogue().size();
        float[] ranked = new float[items];
        float[] asked = new float[1];
        scorer.catalogueScorer(items)
                .score(
                        log,
                        new int[] {user},
                        new int[] {rows.positions()[0]},
                        new int[][] {{rows.items()[0]}},
                        new CatalogueScorer.Receiver() {
                            @Override
                            public void asked(int row, float[] of) {
                                asked[0] = of[0];
                            }

                            @Override
                            public void scores(int row, int first, float[] of, int count) {
                                System.arraycopy(of, 0, ranked, first, count);
                            }
                        },
                        ProgressListener.NONE);
        assertThat(asked[0]).isCloseTo(scores[0], within(1e-4f));
        for (int row = 0; row < rows.size() && rows.users()[row] == user; row++) {
            assertThat(ranked[rows.items()[row]]).isCloseTo(scores[row], within(1e-4f));
        }

        assertThat(RunGroup.of(List.of(alone, blended)))
                .extracting(RunGroup::name)
                .last()
                .asString()
                .contains("blended with numbers");
        assertThatThrownBy(() -> RunEvaluation.model(blended, dataset)).hasMessageContaining("is a blend");
        assertThatThrownBy(() -> RunBlend.of(
                        blended,
                        dataset,
                        new BlendSettings(Optional.of(file), 0, NewItems.UNPOPULAR),
                        folder.resolve("again")))
                .hasMessageContaining("is a blend already");
        TeacherTable inverted =
                new TeacherTable(table.offsets(), table.items(), new float[table.size()], table.heldOut());
        new TeacherTableFile(TeacherTableFile.read(file, data).provenance(), inverted).write(file);
        assertThatThrownBy(() -> RunEvaluation.scorer(blended, dataset)).hasMessageContaining("put that file back");
    }

    @Test
    void foldsThatTestAUserTwiceAreRefused() throws Exception {
        Path first = dataset(1);
        RunFolder one = run(first, 2, 1, "one");
        Path other = folder.resolve("moved");
        // The same users in another dataset: the validation part of fold 1 is the test part of fold 2.
        Files.move(dataset(2), other);
        RunFolder two = run(other, 2, 1, "two");
        assertThat(FoldComparison.needed(List.of(one, two))).isTrue();
        assertThatThrownBy(() -> FoldComparison.of(
                        List.of(one, two), Split.TEST, run -> Dataset.open(first), ProgressListener.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("40 users are tested who are tested in another dataset");
        assertThat(Arrays.stream(Split.TEST
                                .samples(Dataset.open(first))
                                .instances()
                                .users())
                        .distinct()
                        .count())
                .isEqualTo(USERS / FOLDS);
    }
}
