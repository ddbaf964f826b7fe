// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Seed;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.teacher.Teacher;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.Worlds;
import org.sllmr.teacher.plan.CandidatePlan;
import org.sllmr.teacher.plan.CandidateSource;
import org.sllmr.teacher.plan.PlanSettings;
import org.sllmr.teacher.vector.EmbeddingTeacher;
import org.sllmr.teacher.vector.EmbeddingTeacherSettings;
import org.sllmr.teacher.vector.Embeddings;

class ScoringTest {
    private static final int ITEMS = 300;

    private final Embeddings embeddings = Worlds.embeddings(ITEMS, 9, 4);
    private final InteractionLog full = Worlds.log(150, ITEMS, 2, 20, 6);
    private final InteractionLog training = full.withholdLast(2);
    private final EmbeddingTeacher teacher =
            new EmbeddingTeacher(embeddings, "hash of a model", EmbeddingTeacherSettings.defaults());
    private final CandidatePlan plan = randomPlan(training.users());

    @Test
    void containsExactlyTheValidScores() throws InterruptedException {
        TeacherTable table = score(teacher, training, 2).table();
        int missing = 0;
        for (int user = 0; user < plan.users(); user++) {
            int[] history = Worlds.history(training, user, 10);
            for (int index = plan.offsets()[user]; index < plan.offsets()[user + 1]; index++) {
                int item = plan.items()[index];
                float cosine = Worlds.affinity(embeddings, history, 1, item);
                int at = table.indexOf(user, item);
                if (Float.isNaN(cosine)) {
                    assertThat(at).isNegative();
                    missing++;
                } else {
                    assertThat(table.scores()[at]).isEqualTo(Math.min(1, (1 + cosine) / 2));
                }
            }
            if (history.length == 0) {
                assertThat(table.from(user)).isEqualTo(table.to(user));
            }
        }
        assertThat(missing).isPositive();
        assertThat(table.size()).isEqualTo(plan.size() - missing);
    }

    @Test
    void scoresOfSlicesOfTheUsersAreThoseOfAll() throws InterruptedException {
        try (Blocks blocks = new Blocks(1)) {
            float[] all = Scoring.scores(teacher, plan, training, blocks, ProgressListener.NONE);
            float[] joined = new float[all.length];
            int from = 0;
            for (int to : new int[] {1, 60, 61, plan.users()}) {
                float[] own = Scoring.scores(
                        teacher, plan.slice(from, to), training.slice(from, to), blocks, ProgressListener.NONE);
                System.arraycopy(own, 0, joined, plan.offsets()[from], own.length);
                from = to;
            }

            assertThat(joined).containsExactly(all);
            assertThat(Scoring.table(teacher, plan, joined).table().scores())
                    .containsExactly(score(teacher, training, 2).table().scores());
        }
    }

    @Test
    void usesTrainingInteractionsOnly() throws InterruptedException {
        TeacherTable withheld = score(teacher, training, 2).table();
        TeacherTable absent = score(teacher, Worlds.copy(training), 2).table();
        assertThat(withheld.items()).containsExactly(absent.items());
        assertThat(withheld.scores()).containsExactly(absent.scores());
        assertThat(score(teacher, full, 2).table().scores()).isNotEqualTo(withheld.scores());
    }

    @Test
    void theTeacherDoesNotSeeHeldOutInteractions() throws InterruptedException {
        byte[] sources = new byte[plan.size()];
        for (int user = 0; user < plan.users(); user += 2) {
            if (plan.offsets()[user + 1] > plan.offsets()[user] && training.length(user) >= 2) {
                sources[plan.offsets()[user]] = CandidateSource.HELD_OUT.code();
            }
        }
        CandidatePlan holding = new CandidatePlan(plan.origin(), plan.offsets(), plan.items(), sources);
        Recording recording = new Recording();
        TeacherTable table;
        try (Blocks blocks = new Blocks(2)) {
            table = Scoring.run(recording, holding, training, blocks, ProgressListener.NONE)
                    .table();
        }
        assertThat(table.size()).isEqualTo(plan.size());
        int shorter = 0;
        for (int user = 0; user < plan.users(); user++) {
            if (plan.offsets()[user] == plan.offsets()[user + 1]) {
                continue;
            }
            List<Integer> whole =
                    Arrays.stream(Worlds.history(training, user, 100)).boxed().toList();
            boolean heldOut = sources[plan.offsets()[user]] == CandidateSource.HELD_OUT.code();
            List<Integer> visible = heldOut ? whole.subList(0, whole.size() - 1) : whole;
            assertThat(recording.histories.get(plan.offsets()[user]))
                    .as("user %d", user)
                    .isEqualTo(visible.subList(Math.max(0, visible.size() - 3), visible.size()));
            shorter += heldOut ? 1 : 0;
        }
        assertThat(shorter).isGreaterThan(30);
    }

    @Test
    void heldOutUsersWithoutScoresAreStillMarked(@TempDir Path folder) throws Exception {
        byte[] sources = new byte[plan.size()];
        boolean[] heldOut = new boolean[plan.users()];
        for (int user = 0; user < plan.users(); user += 3) {
            if (plan.offsets()[user + 1] > plan.offsets()[user] && training.length(user) >= 2) {
                sources[plan.offsets()[user]] = CandidateSource.HELD_OUT.code();
                heldOut[user] = true;
            }
        }
        CandidatePlan holding = new CandidatePlan(plan.origin(), plan.offsets(), plan.items(), sources);
        TeacherTableFile none;
        try (Blocks blocks = new Blocks(2)) {
            none = Scoring.run(new Constant(Float.NaN), holding, training, blocks, ProgressListener.NONE);
        }
        assertThat(none.table().size()).isZero();
        assertThat(none.table().heldOut()).isEqualTo(heldOut);
        assertThat(none.shuffled(new Seed(1)).table().heldOut()).isEqualTo(heldOut);
        Path file = folder.resolve("none");
        none.write(file);
        assertThat(TeacherTableFile.read(file).table().heldOut()).isEqualTo(heldOut);
    }

    /** Records the history by the index of the first candidate. */
    private static final class Recording implements Teacher {
        private final Map<Integer, List<Integer>> histories = new ConcurrentHashMap<>();

        @Override
        public String name() {
            return "recording";
        }

        @Override
        public String model() {
            return "none";
        }

        @Override
        public Map<String, String> settings() {
            return Map.of();
        }

        @Override
        public int historyLength() {
            return 3;
        }

        @Override
        public void score(int[] history, int historySize, int[] candidates, int from, int to, float[] scores) {
            histories.put(from, Arrays.stream(history, 0, historySize).boxed().toList());
            Arrays.fill(scores, from, to, 0.5f);
        }
    }

    @Test
    void shufflingPermutesTheScoresOfEachUser() throws InterruptedException {
        TeacherTableFile file = score(teacher, training, 2);
        TeacherTableFile shuffled = file.shuffled(new Seed(1));
        TeacherTable before = file.table();
        TeacherTable after = shuffled.table();
        assertThat(after.offsets()).containsExactly(before.offsets());
        assertThat(after.items()).containsExactly(before.items());
        assertThat(after.scores()).isNotEqualTo(before.scores());
        for (int user = 0; user < before.users(); user++) {
            assertThat(Arrays.copyOfRange(after.scores(), before.from(user), before.to(user)))
                    .containsExactlyInAnyOrder(Arrays.copyOfRange(before.scores(), before.from(user), before.to(user)));
        }
        assertThat(file.shuffled(new Seed(1))).usingRecursiveComparison().isEqualTo(shuffled);
        assertThat(file.shuffled(new Seed(2)).table().scores()).isNotEqualTo(after.scores());
        assertThat(shuffled.provenance().teacher()).isEqualTo("shuffled embedding");
        assertThat(shuffled.provenance().settings())
                .containsEntry("shuffleSeed", "1")
                .containsAllEntriesOf(file.provenance().settings());
        assertThat(shuffled.provenance().planned()).isEqualTo(file.provenance().planned());
    }

    @Test
    void everyOrderOfAUsersScoresIsEquallyLikely() {
        TeacherTable table = new TeacherTable(new int[] {0, 3}, new int[] {1, 4, 5}, new float[] {0.1f, 0.2f, 0.3f});
        Map<String, Integer> orders = new HashMap<>();
        for (int seed = 0; seed < 6_000; seed++) {
            orders.merge(Arrays.toString(table.shuffled(new Seed(seed)).scores()), 1, Integer::sum);
        }
        assertThat(orders).hasSize(6);
        // Mean 1000, standard deviation 29.
        assertThat(orders.values()).allSatisfy(count -> assertThat(count).isBetween(870, 1_130));
        assertThat(table.scores()).containsExactly(0.1f, 0.2f, 0.3f);
    }

    @Test
    void theBitsDoNotDependOnThreads() throws InterruptedException {
        TeacherTableFile one = score(teacher, training, 1);
        for (int threads = 2; threads <= 4; threads++) {
            assertThat(score(teacher, training, threads))
                    .usingRecursiveComparison()
                    .isEqualTo(one);
        }
    }

    @Test
    void hasItsProvenance() throws InterruptedException {
        TeacherTableFile file = score(teacher, training, 2);
        assertThat(file.provenance().teacher()).isEqualTo("embedding");
        assertThat(file.provenance().model()).isEqualTo("hash of a model");
        assertThat(file.provenance().settings()).containsEntry("historyLength", "10");
        assertThat(EmbeddingTeacherSettings.of(file.provenance().settings()))
                .isEqualTo(EmbeddingTeacherSettings.defaults());
        assertThat(file.provenance().answered().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(file.table().size());
        assertThat(file.provenance().datasetHash()).isEqualTo("hash");
        assertThat(file.provenance().asked()).isEqualTo(plan.size());
        assertThat(file.provenance().planned()).containsEntry("NEAREST", plan.size());
        assertThat(file.provenance().scored()).isEqualTo(file.table().size());
        assertThat(file.provenance().itemsScored())
                .isEqualTo((int) Arrays.stream(file.table().items()).distinct().count());
        assertThat(file.provenance().usersScored()).isBetween(1, training.users() - 1);
    }

    @Test
    void aScoreOutsideTheRangeIsAnError() {
        assertThatThrownBy(() -> score(new Constant(1.5f), training, 2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("with 1.5");
    }

    @Test
    void tablesAreReadBack(@TempDir Path folder) throws Exception {
        TeacherTableFile made = score(teacher, training, 2);
        Path file = folder.resolve("scores/table.bin");
        made.write(file);
        assertThat(TeacherTableFile.read(file, Worlds.data(training, ITEMS)))
                .usingRecursiveComparison()
                .isEqualTo(made);
        assertThat(new String(Files.readAllBytes(file), 0, 200, StandardCharsets.UTF_8))
                .startsWith("sllmr teacher table 2\n")
                .contains("\"teacher\" : \"embedding\"");
        assertThatThrownBy(() -> TeacherTableFile.read(file, Worlds.data(Worlds.log(3, ITEMS, 3, 3, 1), ITEMS)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("score this dataset");
    }

    @Test
    void damagedAndOtherFilesAreRefused(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("table.bin");
        score(teacher, training, 2).write(file);
        byte[] sound = Files.readAllBytes(file);
        List<byte[]> damaged = new ArrayList<>();
        for (int place : new int[] {0, 22, 30, 800, sound.length / 2, sound.length - 2}) {
            byte[] changed = sound.clone();
            changed[place] ^= 1;
            damaged.add(changed);
            damaged.add(Arrays.copyOf(sound, place));
        }
        damaged.add("user,item,score\n1,2,0.5\n".getBytes(StandardCharsets.UTF_8));
        for (byte[] bytes : damaged) {
            Files.write(file, bytes);
            assertThatThrownBy(() -> TeacherTableFile.read(file))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("table.bin")
                    .hasMessageContaining("; score again");
        }
    }

    private TeacherTableFile score(Teacher by, InteractionLog log, int threads) throws InterruptedException {
        try (Blocks blocks = new Blocks(threads)) {
            return Scoring.run(by, plan, log, blocks, ProgressListener.NONE);
        }
    }

    private static CandidatePlan randomPlan(int users) {
        RandomGenerator random = new Seed(11).generator();
        int[] offsets = new int[users + 1];
        int[] items = new int[0];
        for (int user = 0; user < users; user++) {
            int[] own = random.ints(random.nextInt(0, 30), 0, ITEMS)
                    .sorted()
                    .distinct()
                    .toArray();
            offsets[user + 1] = offsets[user] + own.length;
            items = Arrays.copyOf(items, offsets[user + 1]);
            System.arraycopy(own, 0, items, offsets[user], own.length);
        }
        return new CandidatePlan(
                new CandidatePlan.Origin("world", "hash", 1, PlanSettings.defaults()),
                offsets,
                items,
                new byte[items.length]);
    }

    private record Constant(float value) implements Teacher {
        @Override
        public String name() {
            return "constant";
        }

        @Override
        public String model() {
            return "none";
        }

        @Override
        public Map<String, String> settings() {
            return Map.of();
        }

        @Override
        public int historyLength() {
            return 3;
        }

        @Override
        public void score(int[] history, int historySize, int[] candidates, int from, int to, float[] scores) {
            Arrays.fill(scores, from, to, value);
        }
    }
}
