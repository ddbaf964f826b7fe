// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Popularity;
import org.sllmr.data.Seed;
import org.sllmr.teacher.TeacherTable;

class PairSelectorTest {
    private static final int USERS = 20;
    private static final int ITEMS = 15;

    /** A pair as a person would write it down. */
    private record NamedPair(int user, int preferred, int other, float difference) {}

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void choosesTheSamePairsAsASimpleImplementation(long seed) {
        RandomGenerator random = new Seed(seed).generator();
        TeacherTable teacher = RandomTeacher.table(random, USERS, ITEMS);
        InteractionLog log = RandomTeacher.log(random, USERS);
        Popularity popularity = Popularity.of(taken(random), ITEMS);
        for (PairSettings settings : List.of(
                PairSettings.of(1, 1, 2),
                PairSettings.of(7, 1, 6),
                PairSettings.of(30, 3, 15),
                PairSettings.of(10_000, 10_000, 40),
                new PairSettings(7, 1, 6, 1.5, 0, 0, PairOrder.LARGEST),
                new PairSettings(20, 2, 10, 2, 0.2, 0, PairOrder.LARGEST),
                new PairSettings(10_000, 10_000, 40, 1, 0.1, 0, PairOrder.LARGEST),
                new PairSettings(30, 3, 15, 0, 0, 1.5, PairOrder.LARGEST),
                new PairSettings(20, 2, 10, 2, 0.4, 1.2, PairOrder.LARGEST))) {
            // One selector for many steps: no state of the previous step may remain.
            PairSelector selector = new PairSelector(log, popularity, teacher, settings);
            for (int step = 0; step < 30; step++) {
                Instances batch = RandomTeacher.batch(random, USERS, ITEMS, 1 + random.nextInt(25));
                Seed stepSeed = new Seed(seed).child(step);
                Supervision chosen = selector.select(batch, stepSeed);
                assertThat(named(chosen))
                        .as("step %d with %s", step, settings)
                        .isEqualTo(simple(batch, popularity, teacher, settings, stepSeed));
                checkRows(chosen, teacher, log);
            }
        }
    }

    /** All pairs of all users of the batch, sorted, the first ones kept. */
    private static List<NamedPair> simple(
            Instances batch, Popularity popularity, TeacherTable teacher, PairSettings settings, Seed step) {
        RandomGenerator random = step.generator();
        CandidateSample sample = new CandidateSample(teacher);
        List<NamedPair> all = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        Set<Integer> paired = new HashSet<>();
        for (int user : batch.users()) {
            int scored = teacher.offsets()[user + 1] - teacher.offsets()[user];
            if (!seen.add(user) || scored < 2) {
                continue;
            }
            int[] drawn = new int[settings.candidatesPerUser()];
            int count = sample.draw(user, settings.candidatesPerUser(), random, drawn, 0);
            List<Integer> falling = new ArrayList<>();
            for (int index = 0; index < count; index++) {
                falling.add(drawn[index]);
            }
            falling.sort(Comparator.comparing(index -> -teacher.scores()[index]));
            for (int preferred : falling) {
                for (int place = count - 1; place >= 0; place--) {
                    int other = falling.get(place);
                    float difference = teacher.scores()[preferred] - teacher.scores()[other];
                    if (difference > 0
                            && difference >= settings.minDifference()
                            && difference >= settings.minRelativeDifference() * deviation(teacher, user)
                            && comparable(popularity, teacher.items()[preferred], teacher.items()[other], settings)) {
                        paired.add(user);
                        all.add(new NamedPair(user, teacher.items()[preferred], teacher.items()[other], difference));
                    }
                }
            }
        }
        all.sort(Comparator.comparing(pair -> -pair.difference()));
        int effective = Math.min(settings.maxPairs(), settings.pairsPerUser() * paired.size());
        return all.subList(0, Math.min(effective, all.size()));
    }

    /** Square root of the mean of the squares less the square of the mean. */
    private static double deviation(TeacherTable teacher, int user) {
        double[] scores = IntStream.range(teacher.from(user), teacher.to(user))
                .mapToDouble(index -> teacher.scores()[index])
                .toArray();
        double mean = Arrays.stream(scores).average().orElse(0);
        return Math.sqrt(
                Arrays.stream(scores).map(score -> score * score).average().orElse(0) - mean * mean);
    }

    private static boolean comparable(Popularity popularity, int first, int second, PairSettings settings) {
        double ratio = (1.0 + popularity.positives(first)) / (1.0 + popularity.positives(second));
        return settings.popularityRatio() == 0
                || (ratio <= settings.popularityRatio() && ratio >= 1 / settings.popularityRatio());
    }

    /** A log whose users take low-numbered items often, so that popularities differ. */
    private static InteractionLog taken(RandomGenerator random) {
        int[] items = new int[200];
        for (int index = 0; index < items.length; index++) {
            items[index] = Math.min(random.nextInt(ITEMS), random.nextInt(ITEMS));
        }
        return InteractionLog.of(new int[] {0, items.length}, items, new long[items.length]);
    }

    private static List<NamedPair> named(Supervision supervision) {
        Pairs pairs = supervision.pairs();
        Instances rows = supervision.rows();
        List<NamedPair> named = new ArrayList<>();
        for (int pair = 0; pair < pairs.size(); pair++) {
            int preferred = pairs.preferred()[pair];
            int other = pairs.other()[pair];
            assertThat(rows.users()[preferred]).as("one user").isEqualTo(rows.users()[other]);
            assertThat(pairs.differences()[pair])
                    .isEqualTo(supervision.scores()[preferred] - supervision.scores()[other]);
            named.add(new NamedPair(
                    rows.users()[preferred], rows.items()[preferred], rows.items()[other], pairs.differences()[pair]));
        }
        return named;
    }

    /** Each row once, used by a pair, at the end of its user's training history, with the score of the table. */
    private static void checkRows(Supervision supervision, TeacherTable teacher, InteractionLog log) {
        Set<List<Integer>> distinct = new HashSet<>();
        Set<Integer> used = new HashSet<>();
        for (int pair = 0; pair < supervision.pairs().size(); pair++) {
            used.add(supervision.pairs().preferred()[pair]);
            used.add(supervision.pairs().other()[pair]);
        }
        assertThat(used).hasSize(supervision.size());
        for (int row = 0; row < supervision.size(); row++) {
            int user = supervision.rows().users()[row];
            int item = supervision.rows().items()[row];
            assertThat(distinct.add(List.of(user, item)))
                    .as("row %d is new", row)
                    .isTrue();
            assertThat(supervision.rows().positions()[row]).isEqualTo(log.length(user));
            int at = Arrays.binarySearch(teacher.items(), teacher.offsets()[user], teacher.offsets()[user + 1], item);
            assertThat(supervision.scores()[row]).isEqualTo(teacher.scores()[at]);
        }
    }

    @Test
    void heldOutUsersAreNotGuided() {
        // The teacher was asked about user 1 as if item 2 had not been taken; about the others' new items.
        InteractionLog log = InteractionLog.of(new int[] {0, 2, 4, 6}, new int[] {8, 9, 7, 2, 8, 9}, new long[6]);
        TeacherTable teacher = new TeacherTable(
                new int[] {0, 2, 4, 6},
                new int[] {1, 2, 2, 3, 2, 3},
                new float[] {0, 1, 0.9f, 0.1f, 0.3f, 0.4f},
                new boolean[] {false, true, false});
        Instances batch = new Instances(new int[] {1, 0, 2, 1}, new int[4], new int[4]);
        PairSelector pairs = new PairSelector(log, Popularity.of(log, ITEMS), teacher, PairSettings.of(9, 9, 9));
        assertThat(named(pairs.select(batch, new Seed(1))))
                .extracting(NamedPair::user)
                .containsExactly(0, 2);
        RowSelector rows = new RowSelector(log, teacher, new RowSettings(9, 9));
        assertThat(rows.select(batch, new Seed(1)).rows().users()).containsExactly(0, 0, 2, 2);
    }

    @Test
    void equalScoresNeverPair() {
        TeacherTable teacher =
                new TeacherTable(new int[] {0, 3, 4}, new int[] {0, 1, 2, 0}, new float[] {0.5f, 0.5f, 0.5f, 1});
        Supervision chosen = select(teacher, new int[] {0, 1}, PairSettings.defaults());
        assertThat(chosen).isSameAs(Supervision.NONE);
    }

    @Test
    void positiveAndNegativeZeroAreEqual() {
        TeacherTable teacher = new TeacherTable(new int[] {0, 3}, new int[] {0, 1, 2}, new float[] {0, -0f, 0.25f});
        assertThat(named(select(teacher, new int[] {0}, PairSettings.of(9, 9, 9))))
                .extracting(NamedPair::preferred)
                .containsExactly(2, 2);
    }

    @Test
    void aSinglePairIsFound() {
        TeacherTable teacher =
                new TeacherTable(new int[] {0, 0, 2, 3}, new int[] {3, 8, 1}, new float[] {0.2f, 0.9f, 1});
        Supervision chosen = select(teacher, new int[] {2, 0, 1, 1}, PairSettings.defaults());
        assertThat(named(chosen)).containsExactly(new NamedPair(1, 8, 3, 0.9f - 0.2f));
    }

    @Test
    void effectiveNumberFollowsTheUsersWithPairs() {
        int users = 10;
        int[] offsets = new int[users + 1];
        int[] items = new int[users * 4];
        float[] scores = new float[users * 4];
        for (int user = 0; user < users; user++) {
            offsets[user + 1] = offsets[user] + 4;
            for (int index = 0; index < 4; index++) {
                items[4 * user + index] = index;
                scores[4 * user + index] = user < 5 ? index / 4f : 0.5f;
            }
        }
        TeacherTable teacher = new TeacherTable(offsets, items, scores);
        int[] everybody = {9, 8, 7, 6, 5, 4, 3, 2, 1, 0};
        assertThat(select(teacher, everybody, PairSettings.of(64, 2, 4)).pairs().size())
                .isEqualTo(10);
        assertThat(select(teacher, everybody, PairSettings.of(3, 2, 4)).pairs().size())
                .isEqualTo(3);
        assertThat(select(teacher, new int[] {9, 1}, PairSettings.of(64, 2, 4))
                        .pairs()
                        .size())
                .isEqualTo(2);
        assertThat(select(teacher, everybody, PairSettings.of(64, 100, 4))
                        .pairs()
                        .size())
                .isEqualTo(30);
    }

    @Test
    void aRandomSampleHoldsEveryAllowedPairEquallyOften() {
        TeacherTable teacher = new TeacherTable(
                new int[] {0, 5}, new int[] {0, 1, 2, 3, 4}, new float[] {0.1f, 0.2f, 0.2f, 0.5f, 0.9f});
        PairSettings settings = new PairSettings(2, 2, 5, 0, 0.15, 0, PairOrder.RANDOM);
        InteractionLog log = InteractionLog.of(new int[2], new int[0], new long[0]);
        PairSelector selector = new PairSelector(log, Popularity.of(log, ITEMS), teacher, settings);
        Map<NamedPair, Integer> times = new HashMap<>();
        int steps = 7_000;
        for (int step = 0; step < steps; step++) {
            Supervision chosen =
                    selector.select(new Instances(new int[1], new int[1], new int[1]), new Seed(4).child(step));
            assertThat(named(chosen)).hasSize(2).doesNotHaveDuplicates();
            named(chosen).forEach(pair -> times.merge(pair, 1, Integer::sum));
        }
        // 3 over 0, 1, 2 and 4 over all others: seven pairs differ by .15 or more.
        assertThat(times).hasSize(7);
        // Mean 2000, standard deviation sqrt(7000 * 2/7 * 5/7) = 38.
        assertThat(times.values()).allSatisfy(count -> assertThat(count).isBetween(1_800, 2_200));
    }

    @Test
    void equalDifferencesGoToTheUsersThatTheBatchNamesFirst() {
        TeacherTable teacher =
                new TeacherTable(new int[] {0, 2, 4, 6}, new int[] {0, 1, 0, 1, 0, 1}, new float[] {0, 1, 0, 1, 0, 1});
        assertThat(named(select(teacher, new int[] {2, 0, 1}, PairSettings.of(2, 1, 2))))
                .extracting(NamedPair::user)
                .containsExactly(2, 0);
    }

    private static Supervision select(TeacherTable teacher, int[] users, PairSettings settings) {
        InteractionLog log = InteractionLog.of(new int[teacher.users() + 1], new int[0], new long[0]);
        Instances batch = new Instances(users, new int[users.length], new int[users.length]);
        return new PairSelector(log, Popularity.of(log, ITEMS), teacher, settings).select(batch, new Seed(1));
    }
}
