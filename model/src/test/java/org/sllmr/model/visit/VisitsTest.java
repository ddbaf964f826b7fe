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

    /** By the definition: the probabilities of a step from an item, that of one user left out or none (-1). */
    private static Map<Integer, Double> step(InteractionLog log, int longest, int from, int without) {
        List<Integer> takers = IntStream.range(0, log.users())
                .filter(user -> taken(log, user, longest).contains(from))
                .boxed()
                .toList();
        Map<Integer, Double> step = new HashMap<>();
        for (int user : takers) {
            Set<Integer> taken = taken(log, user, longest);
            for (int item : taken) {
                if (item != from && user != without) {
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
        VisitInputs settings = new VisitInputs(true, 10, 6, 5);
        NeighbourColumn counted = count(log, 40, settings, 3);
        assertThat(counted.rows()).isEqualTo(40);
        for (int item = 0; item < 40; item++) {
            Map<Integer, Double> step = step(log, 5, item, -1);
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
            assertThat(counted.rest()[item])
                    .isEqualTo(order.size() > 6 ? order.get(6).getValue().floatValue() : 0);
        }
        NeighbourColumn alone = count(log, 40, settings, 1);
        assertThat(alone.items()).isEqualTo(counted.items());
        assertThat(alone.weights()).isEqualTo(counted.weights());
    }

    /** What only the user of a training row links says nothing, so that it cannot tell the row's label. */
    @Test
    void aTrainingRowDoesNotSeeWhatItsOwnUserLinks() throws InterruptedException {
        // User 0 alone took 0 and 1 together; user 1 links 0 and 2 as well.
        InteractionLog log = log(new int[] {0, 1, 2}, new int[] {0, 2, 4, 5}, new int[] {3});
        VisitInputs settings = VisitInputs.defaults();
        Visits visits = new Visits(count(log, 6, settings, 1), log, settings);
        int[] history = {0};
        assertThat(visits.value(0, 1, 1, history, 0, 1)).isNaN();
        // Of user 1's four items one is item 2, and of the two users who took item 0 one is user 1.
        float other = 1f / 8;
        assertThat(visits.value(0, 1, 2, history, 0, 1)).isCloseTo(other / (other + 1f / 50), within(1e-6f));
        // After training, and for others, all of it counts.
        float both = (float) ((1.0 / 3 + 1.0 / 4) / 2);
        assertThat(visits.value(0, 3, 2, history, 0, 1)).isEqualTo(both / (both + 1f / 50));
        assertThat(visits.value(-1, 0, 1, history, 0, 1)).isEqualTo((1f / 6) / (1f / 6 + 1f / 50));
        assertThat(visits.value(2, 0, 1, history, 0, 1)).isEqualTo((1f / 6) / (1f / 6 + 1f / 50));
    }

    /** An item that would not be a neighbour without the user is none for the user's training rows. */
    @Test
    void whatTheUserAloneLiftsAmongTheNeighboursIsNone() throws InterruptedException {
        InteractionLog log = log(new int[] {0, 1}, new int[] {0, 2}, new int[] {0, 2}, new int[] {0, 1, 3, 4});
        VisitInputs settings = new VisitInputs(true, 10, 2, 200);
        NeighbourColumn neighbours = count(log, 5, settings, 1);
        assertThat(neighbours.weight(0, 1)).isEqualTo(0.1875f);
        assertThat(neighbours.weight(0, 3)).isZero();
        assertThat(neighbours.rest()[0]).isEqualTo(0.0625f);
        Visits visits = new Visits(neighbours, log, settings);
        // User 3's share of 1/16 is what item 3, which was left out, has too.
        assertThat(visits.value(0, 1, 1, new int[] {0}, 0, 1)).isNaN();
        assertThat(visits.value(3, 1, 1, new int[] {0}, 0, 1)).isEqualTo(0.125f / 0.625f);
    }

    @Test
    void consecutiveItemsHaveTheBitsOfSingleOnes() throws InterruptedException {
        Random random = new Random(5);
        InteractionLog log = random(random, 50, 30);
        VisitInputs settings = new VisitInputs(true, 10, 5, 6);
        Visits visits = new Visits(count(log, 30, settings, 2), log, settings);
        int[] history = new int[9];
        for (int user = 0; user < log.users(); user++) {
            for (int position = 0; position <= log.length(user); position++) {
                log.copyItems(user, 0, position, history, 0);
                int first = random.nextInt(30);
                int count = random.nextInt(31 - first);
                float[] values = new float[count];
                visits.values(user, position, first, count, history, 0, position, values);
                for (int i = 0; i < count; i++) {
                    assertThat(Float.floatToIntBits(values[i]))
                            .isEqualTo(Float.floatToIntBits(
                                    visits.value(user, position, first + i, history, 0, position)));
                }
            }
        }
    }
}
