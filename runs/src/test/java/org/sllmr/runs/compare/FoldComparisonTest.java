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
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Seed;
import org.sllmr.data.store.Dataset;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.evaluation.significance.Difference;
import org.sllmr.evaluation.significance.Pairing;
import org.sllmr.preparation.PartSettings;
import org.sllmr.preparation.Preparation;
import org.sllmr.preparation.PreparationSettings;
import org.sllmr.preparation.SplitSettings;
import org.sllmr.preparation.read.InteractionSource;
import org.sllmr.preparation.read.PartFiles;
import org.sllmr.preparation.read.SourceSettings;
import org.sllmr.preparation.read.TableFile;
import org.sllmr.runs.RunConfiguration;
import org.sllmr.runs.RunExecution;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.RunInputs;
import org.sllmr.runs.RunSettings;
import org.sllmr.runs.ranking.Split;
import org.sllmr.training.TrainingListener;

class FoldComparisonTest {
    private static final int FOLDS = 3;
    private static final int USERS = 30;

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

    private RunFolder run(Path dataset, int dimension, long seed, String name) throws IOException, InterruptedException {
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
        // Ten users a fold and one list each, so the mean over users is that over the runs' own metrics.
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
                .hasMessageContaining("10 users are tested who are tested in another dataset");
        assertThat(Arrays.stream(Split.TEST
                                .samples(Dataset.open(first))
                                .instances()
                                .users())
                        .distinct()
                        .count())
                .isEqualTo(USERS / FOLDS);
    }
}
