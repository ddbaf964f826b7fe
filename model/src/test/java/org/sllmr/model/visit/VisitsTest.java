// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.visit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.NeighbourColumn;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.concurrent.Blocks;

class VisitsTest {
    private static NeighbourColumn count(InteractionLog log, int items, VisitInputs settings, int threads)
            throws InterruptedException {
        try (Blocks blocks = new Blocks(threads)) {
            return VisitCounts.of(log, items, settings, blocks, ProgressListener.NONE);
        }
    }

    private static InteractionLog log(int[]... users) {
        int[] offsets = new int[users.length + 1];
        for (int user = 0; user < users.length; user++) {
            offsets[user + 1] = offsets[user] + users[user].length;
        }
        int[] items = Arrays.stream(users).flatMapToInt(Arrays::stream).toArray();
        return InteractionLog.of(offsets, items, new long[items.length]);
    }

    /** Some users took items more than once, and some items nobody took. */
    private static InteractionLog random(Random random, int users, int items) {
        return log(IntStream.range(0, users)
                .mapToObj(user -> random.ints(random.nextInt(9), 0, items - 3).toArray())
                .toArray(int[][]::new));
    }

    /** The last items of a user, each once. */
    private static Set<Integer> taken(InteractionLog log, int user, int longest) {
        return IntStream.range(Math.max(0, log.length(user) - longest), log.length(user))
                .mapToObj(position -> log.item(user, position))
                .collect(Collectors.toSet());
    }

    /** By the definition: the probabilities of a step from an item. */
    private static Map<Integer, Double> step(InteractionLog log, int longest, int from) {
        List<Integer> takers = IntStream.range(0, log.users())
                .filter(user -> taken(log, user, longest).contains(from))
                .boxed()
                .toList();
        Map<Integer, Double> step = new HashMap<>();
        for (int user : takers) {
            Set<Integer> taken = taken(log, user, longest);
            for (int item : taken) {
                if (item != from) {
                    step.merge(item, 1.0 / taken.size() / takers.size(), Double::sum);
                }
            }
        }
        return step;
    }

    @Test
    void neighboursAreThoseThatAStepReachesMostOften() throws InterruptedException {
        Random random = new Random(3);
        InteractionLog log = random(random, 60, 40);
        VisitInputs settings = new VisitInputs(true, 10, 6, 5, 3);
        NeighbourColumn counted = count(log, 40, settings, 3);
        assertThat(counted.rows()).isEqualTo(40);
        for (int item = 0; item < 40; item++) {
            Map<Integer, Double> step = step(log, 5, item);
            List<Map.Entry<Integer, Double>> order = new ArrayList<>(step.entrySet());
            order.sort(Map.Entry.<Integer, Double>comparingByValue(Comparator.comparing(value -> -value.floatValue()))
                    .thenComparing(Map.Entry.comparingByKey()));
            List<Map.Entry<Integer, Double>> kept = order.subList(0, Math.min(6, order.size()));
            assertThat(Arrays.copyOfRange(counted.items(), counted.offsets()[item], counted.offsets()[item + 1]))
                    .as("item %d", item)
                    .containsExactly(
                            kept.stream().mapToInt(Map.Entry::getKey).sorted().toArray());
            for (Map.Entry<Integer, Double> neighbour : kept) {
                assertThat(counted.weight(item, neighbour.getKey()))
                        .isEqualTo(neighbour.getValue().floatValue());
            }
        }
        NeighbourColumn alone = count(log, 40, settings, 1);
        assertThat(alone.items()).isEqualTo(counted.items());
        assertThat(alone.weights()).isEqualTo(counted.weights());
    }

    /** The neighbours that training rows of a user see are those that are there without the users of that user's fold. */
    @Test
    void trainingRowsSeeWalksOverUsersOfOtherFolds() throws InterruptedException {
        InteractionLog log = random(new Random(4), 30, 20);
        VisitInputs settings = new VisitInputs(true, 10, 6, 200, 3);
        NeighbourColumn all = count(log, 20, settings, 1);
        Visits visits = new Visits(all, log, settings);
        for (int user = 0; user < log.users(); user++) {
            int fold = user % 3;
            InteractionLog others = log(IntStream.range(0, log.users())
                    .filter(other -> other % 3 != fold)
                    .mapToObj(other -> IntStream.range(0, log.length(other))
                            .map(position -> log.item(other, position))
                            .toArray())
                    .toArray(int[][]::new));
            NeighbourColumn expected = count(others, 20, settings, 1);
            int length = log.length(user);
            for (NeighbourColumn seen : List.of(
                    visits.seen(user, length, true),
                    visits.seen(user, 0, true),
                    visits.seen(user, length - 1, false))) {
                assertThat(seen.items()).isEqualTo(expected.items());
                assertThat(seen.weights()).isEqualTo(expected.weights());
            }
            assertThat(visits.seen(user, length, false)).isSameAs(all);
        }
        assertThat(visits.seen(-1, 0, true)).isSameAs(all);
        assertThat(visits.seen(log.users(), 0, true)).isSameAs(all);
    }

    /** Whatever a user takes, the numbers of the user's training rows are the same: they cannot tell the label. */
    @Test
    void whatAUserTakesDoesNotChangeTheUsersTrainingRows() throws InterruptedException {
        VisitInputs settings = VisitInputs.defaults();
        int[] history = {0, 3};
        float[][] values = new float[2][6];
        for (int taken = 0; taken < 2; taken++) {
            InteractionLog log =
                    log(new int[] {0, 3, 1 + taken}, new int[] {0, 2, 4, 5}, new int[] {3, 1, 2}, new int[] {0, 1});
            Visits visits = new Visits(count(log, 6, settings, 1), log, settings);
            for (int item = 0; item < 6; item++) {
                values[taken][item] = visits.value(visits.seen(0, 2, true), item, history, 0, 2);
            }
            assertThat(visits.value(visits.seen(0, 3, false), 1 + taken, history, 0, 2))
                    .isGreaterThan(values[taken][1 + taken]);
        }
        assertThat(values[1]).isEqualTo(values[0]);
        // Of item 0's takers besides, user 1 has four items and user 3 two; item 3 has user 2, who took three.
        float sum = 1f / 4 + 1f / 3;
        assertThat(values[0][1]).isCloseTo(sum / (sum + 1f / 50), within(1e-6f));
    }

    @Test
    void consecutiveItemsHaveTheBitsOfSingleOnes() throws InterruptedException {
        Random random = new Random(5);
        InteractionLog log = random(random, 50, 30);
        VisitInputs settings = new VisitInputs(true, 10, 5, 6, 4);
        Visits visits = new Visits(count(log, 30, settings, 2), log, settings);
        int[] history = new int[9];
        for (int user = 0; user < log.users(); user++) {
            for (int position = 0; position <= log.length(user); position++) {
                log.copyItems(user, 0, position, history, 0);
                NeighbourColumn seen = visits.seen(user, position, false);
                int first = random.nextInt(30);
                int count = random.nextInt(31 - first);
                float[] values = new float[count];
                visits.values(seen, first, count, history, 0, position, values);
                for (int i = 0; i < count; i++) {
                    assertThat(Float.floatToIntBits(values[i]))
                            .isEqualTo(Float.floatToIntBits(visits.value(seen, first + i, history, 0, position)));
                }
            }
        }
    }
}
