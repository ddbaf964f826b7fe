// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.store.Dataset;
import org.sllmr.preparation.Preparation;
import org.sllmr.preparation.PreparationSettings;
import org.sllmr.preparation.read.FieldSettings;
import org.sllmr.preparation.read.InteractionSource;
import org.sllmr.preparation.read.SourceSettings;
import org.sllmr.preparation.read.TableFile;
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

    @Test
    void ranksAndMetricsAreThoseOfOneMachine() throws Exception {
        Path shop = SmallShop.in(shared, 90).dataset();

        requireSame(shop, "din", 7);
    }

    /** What is known of the moment travels too; for some interactions nothing is, or only a part. */
    @Test
    void contextsAreThoseOfTheHeldOutInteractions() throws Exception {
        StringBuilder log = new StringBuilder("user,item,time,device,hour\n");
        for (int row = 0; row < 600; row++) {
            String device = row % 5 == 0 ? "" : "d" + row * 3 % 4;
            String hour = row % 7 == 0 ? "" : Integer.toString(row % 24);
            log.append("u%d,i%d,%d,%s,%s\n".formatted(row % 41, row * 7 % 53, row, device, hour));
        }
        InteractionSource plain = InteractionSource.of(
                TableFile.of(Files.writeString(shared.resolve("moments.csv"), log)), "user", "item", "time");
        InteractionSource moments = new InteractionSource(
                plain.file(),
                plain.user(),
                plain.item(),
                plain.time(),
                plain.position(),
                plain.timeFormat(),
                List.of(FieldSettings.of("device")),
                List.of("hour"),
                plain.labels(),
                plain.parts());
        Path dataset = shared.resolve("moments");
        Preparation.run(
                PreparationSettings.of("moments", new SourceSettings(moments, Optional.empty(), Optional.empty())),
                dataset,
                false,
                ProgressListener.NONE);

        requireSame(dataset, "dcnv2", 1);
    }

    private static void requireSame(Path data, String backbone, int usersOfTask) throws Exception {
        RunSettings settings =
                RunConfiguration.read("test", """
                model: {backbone: %s, embeddingDimension: 8}
                training: {maxEpochs: 1}
                """.formatted(backbone)).on(data, Optional.empty());
        RunFolder run = RunExecution.execute(
                settings, RunInputs.of(settings), shared.resolve(backbone), TrainingListener.SILENT);
        Dataset dataset = Dataset.open(data);
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
