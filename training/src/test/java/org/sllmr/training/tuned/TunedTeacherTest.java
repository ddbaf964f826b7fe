// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.tuned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.testing.SettingsAssertions;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.teacher.Teacher;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.teacher.scoring.SampleScoring;
import org.sllmr.teacher.vector.Embeddings;
import org.sllmr.training.World;

class TunedTeacherTest {
    private static final TunedTeacherSettings SMALL =
            new TunedTeacherSettings(4, 8, 2, 1, 2, 0.1, 0.01, 0, 32, 6, 2, 0.3);
    private static final TrainingData DATA = World.small(5).data();
    private static final int USERS = DATA.log().users();
    private static final int ITEMS = DATA.catalogue().size();

    /** Vectors that tell the side of an item, with noise; every tenth item has no text. */
    private static final Embeddings TEXTS = texts();

    private static Embeddings texts() {
        RandomGenerator random = new Seed(3).generator();
        boolean[] present = new boolean[ITEMS];
        float[] values = new float[ITEMS * 5];
        for (int item = 0; item < ITEMS; item++) {
            present[item] = item % 10 != 9;
            for (int d = 0; d < 5 && present[item]; d++) {
                values[item * 5 + d] = (d == item % 3 ? 1 : 0) + 0.2f * random.nextFloat();
            }
        }
        return new Embeddings(5, present, values);
    }

    private static boolean[] everyThird() {
        boolean[] heldOut = new boolean[USERS];
        for (int user = 0; user < USERS; user += 3) {
            heldOut[user] = true;
        }
        return heldOut;
    }

    private static TunedTeacher train(TrainingData data, long seed) throws InterruptedException {
        return TunedTeacher.train(data, TEXTS, "encoder", everyThird(), SMALL, new Seed(seed), ProgressListener.NONE);
    }

    /** The scores of all training samples, and of items without text. */
    private static float[] scores(Teacher teacher, TrainingData data, int threads) throws InterruptedException {
        try (Blocks blocks = new Blocks(threads)) {
            return SampleScoring.scores(teacher, data.training().instances(), data.log(), blocks);
        }
    }

    @Test
    void theSameSeedGivesTheSameBitsWithAnyThreads() throws InterruptedException {
        TunedTeacher one = train(DATA, 1);
        TunedTeacher other = train(DATA, 1);
        assertThat(other.model()).isEqualTo(one.model());
        assertThat(other.settings()).isEqualTo(one.settings());
        assertThat(scores(other, DATA, 3)).containsExactly(scores(one, DATA, 1));
        assertThat(train(DATA, 2).model()).isNotEqualTo(one.model());
    }

    @Test
    void nothingThatHeldOutUsersDidIsUsed() throws InterruptedException {
        boolean[] heldOut = everyThird();
        TunedTeacher teacher = train(DATA, 1);
        assertThat(train(withOtherItems(DATA, heldOut), 1).model()).isEqualTo(teacher.model());
        // The others' are.
        boolean[] one = new boolean[USERS];
        one[1] = true;
        assertThat(train(withOtherItems(DATA, one), 1).model()).isNotEqualTo(teacher.model());
    }

    @Test
    void neitherAreValidationSamples() throws InterruptedException {
        TrainingData without = new TrainingData(
                DATA.name(),
                DATA.hash(),
                DATA.log(),
                DATA.catalogue(),
                DATA.userIds(),
                DATA.userFields(),
                DATA.contextFields(),
                DATA.training(),
                DATA.training());
        assertThat(train(without, 1).model()).isEqualTo(train(DATA, 1).model());
    }

    /** The same users and samples, with the items of some users moved on by seven. */
    private static TrainingData withOtherItems(TrainingData data, boolean[] users) {
        InteractionLog log = data.log();
        int[] offsets = new int[USERS + 1];
        List<Integer> items = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            for (int position = 0; position < log.length(user); position++) {
                int item = log.item(user, position);
                items.add(users[user] ? (item + 7) % ITEMS : item);
            }
            offsets[user + 1] = items.size();
        }
        InteractionLog moved = InteractionLog.of(
                offsets, items.stream().mapToInt(Integer::intValue).toArray(), new long[items.size()]);
        Instances rows = data.training().instances();
        int[] targets = IntStream.range(0, rows.size())
                .map(row -> users[rows.users()[row]] ? (rows.items()[row] + 7) % ITEMS : rows.items()[row])
                .toArray();
        return new TrainingData(
                data.name(),
                data.hash(),
                moved,
                data.catalogue(),
                data.userIds(),
                data.userFields(),
                data.contextFields(),
                new Samples(
                        new Instances(rows.users(), targets, rows.positions()),
                        data.training().labels()),
                data.validation().samples());
    }

    /** Users mostly take items of their own side, which only the vectors tell; half of all positives would be 0.5. */
    @Test
    void itLearnsWhichTextsGoTogether() throws InterruptedException {
        TrainingData data = World.of(300, ITEMS, 1, new Seed(6)).data();
        boolean[] heldOut = new boolean[300];
        Arrays.fill(heldOut, 0, 100, true);
        TunedTeacher teacher =
                TunedTeacher.train(data, TEXTS, "encoder", heldOut, SMALL, new Seed(1), ProgressListener.NONE);
        float[] scores = scores(teacher, data, 1);
        Instances rows = data.training().instances();
        int compared = 0;
        int first = 0;
        for (int row = 0; row < rows.size(); row += 2) {
            if (heldOut[rows.users()[row]] && !Float.isNaN(scores[row]) && !Float.isNaN(scores[row + 1])) {
                compared++;
                first += scores[row] > scores[row + 1] ? 1 : 0;
            }
        }
        assertThat((double) first / compared).isGreaterThan(0.7);
    }

    @Test
    void scoresAreOfItemsWithTextAndHistoriesWithText() throws InterruptedException {
        TunedTeacher teacher = train(DATA, 1);
        float[] scores = {-1, -1, -1, -1};
        teacher.score(new int[] {9, 4}, 2, new int[] {1, 19, 2, 3}, 0, 3, scores);
        assertThat(scores[0]).isBetween(0f, 1f);
        assertThat(scores[1]).isNaN();
        assertThat(scores[2]).isBetween(0f, 1f);
        assertThat(scores[3]).isEqualTo(-1);
        teacher.score(new int[] {9, 4}, 1, new int[] {1, 19, 2, 3}, 0, 3, scores);
        assertThat(Arrays.copyOf(scores, 3)).containsOnly(Float.NaN);
        // A score does not depend on what else is asked.
        float[] alone = new float[1];
        teacher.score(new int[] {0, 4}, 2, new int[] {1, 19, 2, 3}, 0, 4, scores);
        teacher.score(new int[] {0, 4}, 2, new int[] {3}, 0, 1, alone);
        assertThat(alone[0]).isEqualTo(scores[3]);
    }

    @Test
    void everySampleOfOthersIsTrainedOnOrJudges() {
        boolean[] heldOut = everyThird();
        TrainingData used = TunedData.of(DATA, TEXTS, heldOut, 0.3, new Seed(2));
        Samples judging = used.validation().samples();
        int judges = 0;
        for (int user = 0; user < USERS; user++) {
            int length = DATA.log().length(user);
            int of = user;
            long all = count(DATA.training(), of, 0);
            long trained = count(used.training(), of, 0);
            long judged = count(judging, of, 0);
            assertThat(trained + judged).isEqualTo(heldOut[user] ? 0 : all);
            // Who judges does so by the last interaction, which training does not know.
            assertThat(judged).isEqualTo(judged > 0 ? count(DATA.training(), of, length - 1) : 0);
            assertThat(used.log().length(user)).isEqualTo(heldOut[user] ? 0 : judged > 0 ? length - 1 : length);
            assertThat(used.validation().log().length(user)).isEqualTo(heldOut[user] ? 0 : length);
            judges += judged > 0 ? 1 : 0;
        }
        assertThat(judges).isBetween(1, USERS / 2);
    }

    private static long count(Samples samples, int user, int from) {
        Instances rows = samples.instances();
        return IntStream.range(0, rows.size())
                .filter(row -> rows.users()[row] == user && rows.positions()[row] >= from)
                .count();
    }

    @Test
    void noSampleIsScoredByATeacherThatWasTrainedOnItsUser() throws InterruptedException {
        TeacherTable table = samples(DATA);
        assertThat(samples(DATA)).usingRecursiveComparison().isEqualTo(table);
        // Another item taken by one user changes the teacher of the other half alone.
        boolean[] one = new boolean[USERS];
        one[7] = true;
        TeacherTable moved = samples(withOtherItems(DATA, one));
        int same = 0;
        int other = 0;
        for (int user = 0; user < USERS; user++) {
            if (user != 7 && table.to(user) > table.from(user)) {
                boolean equal = Arrays.equals(
                        Arrays.copyOfRange(table.scores(), table.from(user), table.to(user)),
                        Arrays.copyOfRange(moved.scores(), moved.from(user), moved.to(user)));
                same += equal ? 1 : 0;
                other += equal ? 0 : 1;
            }
        }
        assertThat(same).isPositive();
        assertThat(other).isPositive();
    }

    private static TeacherTable samples(TrainingData data) throws InterruptedException {
        try (Blocks blocks = new Blocks(2)) {
            return TunedSamples.score(data, TEXTS, "encoder", SMALL, new Seed(1), blocks, ProgressListener.NONE)
                    .table();
        }
    }

    @Test
    void tooFewUsersAreRefused() {
        boolean[] all = new boolean[USERS];
        Arrays.fill(all, true);
        assertThatThrownBy(() ->
                        TunedTeacher.train(DATA, TEXTS, "encoder", all, SMALL, new Seed(1), ProgressListener.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("dataset 'world'")
                .hasMessageContaining("0 positives are left");
    }

    @Test
    void settingsHaveTheirRanges() {
        SettingsAssertions.of(TunedTeacherSettings.class)
                .hasDefaults(Map.ofEntries(
                        Map.entry("historyLength", 10),
                        Map.entry("dimension", 64),
                        Map.entry("experts", 8),
                        Map.entry("layers", 1),
                        Map.entry("heads", 2),
                        Map.entry("dropout", 0.2),
                        Map.entry("learningRate", 0.001),
                        Map.entry("weightDecay", 0.00001),
                        Map.entry("batchSize", 512),
                        Map.entry("maxEpochs", 20),
                        Map.entry("patience", 2),
                        Map.entry("judged", 0.1)))
                .binds(
                        "{historyLength: 4, dimension: 8, experts: 2, layers: 2, heads: 1, dropout: 0, learningRate: 0.01,"
                                + " weightDecay: 0, batchSize: 64, maxEpochs: 3, patience: 1, judged: 0.2}",
                        new TunedTeacherSettings(4, 8, 2, 2, 1, 0, 0.01, 0, 64, 3, 1, 0.2));
        assertThatThrownBy(() -> new TunedTeacherSettings(0, 5, 0, 0, 2, 1, 0, -1, 0, 0, 0, 0))
                .hasMessageContaining("dimension: is 5, allowed is a multiple of heads")
                .hasMessageContaining("judged: is 0");
    }
}
