// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Seed;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.spark.session.TestSession;
import org.sllmr.teacher.Worlds;
import org.sllmr.teacher.plan.CandidatePlan;
import org.sllmr.teacher.plan.PlanSettings;
import org.sllmr.teacher.plan.PlanSources;
import org.sllmr.teacher.plan.PlanUsers;
import org.sllmr.teacher.plan.Planner;
import org.sllmr.teacher.scoring.Scoring;
import org.sllmr.teacher.vector.CosineScale;
import org.sllmr.teacher.vector.EmbeddingTeacher;
import org.sllmr.teacher.vector.EmbeddingTeacherSettings;
import org.sllmr.teacher.vector.Embeddings;

/** A plan and its scores have the bytes of one machine's, however users are divided. */
class SparkScoringTest {
    private static final int ITEMS = 400;

    @TempDir
    Path folder;

    private final SparkSession session = TestSession.get();
    private final Embeddings embeddings = Worlds.embeddings(ITEMS, 12, 2);

    /** Some users have no history, and all have interactions that only their tests know. */
    private final InteractionLog log = Worlds.log(300, ITEMS, 1, 20, 9).withholdLast(1);

    private final EmbeddingTeacherSettings nearness =
            new EmbeddingTeacherSettings(List.of("title", "brand, or so"), 7, 2, CosineScale.AFFINE);
    private final Planner planner = new Planner(
            Worlds.data(log, ITEMS),
            embeddings,
            nearness,
            new PlanSettings(
                    new PlanSettings.Nearest(6, 20, 0.3, 0.2),
                    new PlanSettings.Popular(5, 60),
                    new PlanSettings.ColdStart(8, 3, 16),
                    new PlanSettings.LongTail(0.1, 4),
                    7,
                    new PlanSettings.HeldOut(0.3, 5)),
            new Seed(3));

    private byte[] written(CandidatePlan plan) throws IOException {
        Path file = folder.resolve("plan");
        plan.write(file);
        return Files.readAllBytes(file);
    }

    private List<UserSlice> shuffled(int tasks) {
        List<UserSlice> slices = new ArrayList<>(UserSlice.of(log, user -> 0, tasks));
        assertThat(slices).hasSize(tasks);
        Collections.shuffle(slices, new Random(tasks));
        return slices;
    }

    @Test
    void aPlanHasTheBytesOfOneMachinesHoweverUsersAreDivided() throws Exception {
        CandidatePlan whole;
        PlanSources sources;
        try (Blocks blocks = new Blocks(2)) {
            whole = planner.plan(blocks, ProgressListener.NONE);
            sources = planner.sources(blocks);
        }
        PlanUsers users = planner.users();
        SparkPlanner spark = new SparkPlanner(session);

        assertThat(whole.heldOut()).contains(true, false);
        assertThat(written(spark.plan(sources, users, ProgressListener.NONE))).isEqualTo(written(whole));
        for (int tasks : new int[] {1, 3, 8}) {
            List<PlanUsers> slices = shuffled(tasks).stream()
                    .map(slice -> users.slice(slice.from(), slice.to()))
                    .toList();
            assertThat(written(spark.plan(sources, slices, ProgressListener.NONE)))
                    .as("%d tasks", tasks)
                    .isEqualTo(written(whole));
        }
    }

    @Test
    void scoresHaveTheBytesOfOneMachinesHoweverUsersAreDivided() throws Exception {
        EmbeddingTeacher teacher = new EmbeddingTeacher(embeddings, "model", nearness);
        CandidatePlan plan;
        byte[] whole;
        Path file = folder.resolve("scores");
        try (Blocks blocks = new Blocks(2)) {
            plan = planner.plan(blocks, ProgressListener.NONE);
            Scoring.run(teacher, plan, log, blocks, ProgressListener.NONE).write(file);
            whole = Files.readAllBytes(file);
        }
        SparkScoring spark = new SparkScoring(session);

        spark.score(teacher, plan, log, ProgressListener.NONE).write(file);
        assertThat(Files.readAllBytes(file)).isEqualTo(whole);
        for (int tasks : new int[] {1, 3, 8}) {
            spark.score(teacher, plan, log, shuffled(tasks), ProgressListener.NONE)
                    .write(file);
            assertThat(Files.readAllBytes(file)).as("%d tasks", tasks).isEqualTo(whole);
        }
    }

    @Test
    void slicesAreAllUsersInTurnAndNoneIsTooLarge() {
        int users = 1000;
        int[] offsets = IntStream.rangeClosed(0, users).toArray();
        InteractionLog one = InteractionLog.of(offsets, new int[users], new long[users]);
        for (int tasks : new int[] {1, 7, 1000, 5000}) {
            List<UserSlice> slices = UserSlice.of(one, user -> user * 100_000, tasks);
            int next = 0;
            for (UserSlice slice : slices) {
                assertThat(slice.from()).isEqualTo(next);
                assertThat(slice.to()).isBetween(next + 1, next + Math.min(42, (users + tasks - 1) / tasks));
                next = slice.to();
            }
            assertThat(next).isEqualTo(users);
        }
        assertThat(UserSlice.of(InteractionLog.of(new int[1], new int[0], new long[0]), user -> 0, 4))
                .isEmpty();
    }
}
