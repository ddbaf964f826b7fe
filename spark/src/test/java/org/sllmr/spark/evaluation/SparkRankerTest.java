// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.store.Dataset;
import org.sllmr.runs.RunConfiguration;
import org.sllmr.runs.RunExecution;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.RunInputs;
import org.sllmr.runs.RunSettings;
import org.sllmr.runs.execution.SmallShop;
import org.sllmr.runs.ranking.FullRanking;
import org.sllmr.runs.ranking.RankedUsers;
import org.sllmr.runs.ranking.RankingResult;
import org.sllmr.runs.ranking.RankingSettings;
import org.sllmr.runs.ranking.Split;
import org.sllmr.spark.session.TestSession;
import org.sllmr.training.TrainingListener;

class SparkRankerTest {
    @TempDir
    static Path shared;

    private static SmallShop shop;

    @BeforeAll
    static void makeShop() throws IOException {
        shop = SmallShop.in(shared, 90);
    }

    @ParameterizedTest
    @CsvSource({"dcnv2, false, 1", "din, true, 7"})
    void ranksAndMetricsAreThoseOfOneMachine(String backbone, boolean contexts, int usersOfTask) throws Exception {
        RunSettings settings =
                RunConfiguration.read("test", """
                model: {backbone: %s, embeddingDimension: 8}
                training: {maxEpochs: 1}
                """.formatted(backbone)).on(shop.dataset(), Optional.empty());
        RunFolder run = RunExecution.execute(
                settings, RunInputs.of(settings), shared.resolve(backbone), TrainingListener.SILENT);
        Dataset dataset = Dataset.open(shop.dataset());
        RankingSettings ranking = new RankingSettings(Split.TEST, OptionalInt.empty(), List.of(5, 10), 1, true);
        Path users = RankedUsers.file(run.path(), Split.TEST);

        RankingResult here = FullRanking.run(run, dataset, ranking, ProgressListener.NONE);
        byte[] ranksHere = Files.readAllBytes(users);
        Files.delete(users);
        RankingResult there = FullRanking.run(
                run, dataset, ranking, new SparkRanker(TestSession.get(), usersOfTask), ProgressListener.NONE);

        assertThat(there.metrics()).isEqualTo(here.metrics());
        assertThat(there.lists()).isEqualTo(here.lists());
        assertThat(there.slices()).isEqualTo(here.slices());
        assertThat(there.meanCandidates()).isEqualTo(here.meanCandidates());
        assertThat(Files.readAllBytes(users)).isEqualTo(ranksHere);
    }
}
