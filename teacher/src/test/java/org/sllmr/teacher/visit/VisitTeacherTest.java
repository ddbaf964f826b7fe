// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.visit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.testing.SettingsAssertions;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Seed;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.teacher.plan.CandidatePlan;
import org.sllmr.teacher.plan.CandidateSource;
import org.sllmr.teacher.plan.PlanHistories;
import org.sllmr.teacher.plan.PlanSettings;

class VisitTeacherTest {
    private static final int USERS = 40;
    private static final int ITEMS = 30;
    private static final InteractionLog LOG = log(0);
    private static final VisitSettings SETTINGS = new VisitSettings(3, 200, 0.4, 3, 6);

    /** Random interactions; the last one of every fourth user is moved on by a number of items. */
    private static InteractionLog log(int moved) {
        RandomGenerator random = new Seed(4).generator();
        int[] offsets = new int[USERS + 1];
        List<Integer> items = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            int length = 2 + random.nextInt(6);
            for (int i = 0; i < length; i++) {
                int item = random.nextInt(ITEMS - 1);
                items.add(user % 4 == 0 && i == length - 1 ? (item + moved) % (ITEMS - 1) : item);
            }
            offsets[user + 1] = items.size();
        }
        return InteractionLog.of(
                offsets, items.stream().mapToInt(Integer::intValue).toArray(), new long[items.size()]);
    }

    /** Every fourth user is held out. */
    private static PlanHistories histories(InteractionLog log) {
        int[] offsets = new int[USERS + 1];
        for (int user = 0; user < USERS; user++) {
            offsets[user + 1] = offsets[user] + (user % 4 == 0 ? 1 : 0);
        }
        int[] items = new int[offsets[USERS]];
        byte[] sources = new byte[items.length];
        Arrays.fill(sources, CandidateSource.HELD_OUT.code());
        return new CandidatePlan(
                        new CandidatePlan.Origin("world", "hash", 7, PlanSettings.defaults()), offsets, items, sources)
                .histories(log);
    }

    private static VisitedItems visited(InteractionLog log, VisitSettings settings, int threads)
            throws InterruptedException {
        try (Blocks blocks = new Blocks(threads)) {
            return VisitedItems.of(histories(log), ITEMS, settings, new Seed(2), blocks, ProgressListener.NONE);
        }
    }

    /** The same walks with lists and maps. */
    private static Map<Integer, Double> obvious(int start, VisitSettings settings) {
        PlanHistories histories = histories(LOG);
        List<List<Integer>> users = new ArrayList<>();
        for (int item = 0; item < ITEMS; item++) {
            users.add(new ArrayList<>());
        }
        for (int user = 0; user < USERS; user++) {
            for (int position = 0; position < histories.length(user); position++) {
                users.get(histories.item(user, position)).add(user);
            }
        }
        RandomGenerator random = new Seed(2).child(start).generator();
        Map<Integer, Integer> counts = new TreeMap<>();
        for (int walk = 0; walk < settings.walks() && !users.get(start).isEmpty(); walk++) {
            int item = start;
            boolean goesOn = true;
            for (int step = 0; goesOn && step < settings.steps(); step++) {
                int user = users.get(item).get(random.nextInt(users.get(item).size()));
                item = histories.item(user, random.nextInt(histories.length(user)));
                counts.merge(item, 1, Integer::sum);
                goesOn = random.nextDouble() >= settings.restart();
            }
        }
        counts.remove(start);
        List<Map.Entry<Integer, Integer>> most = counts.entrySet().stream()
                .sorted(Comparator.<Map.Entry<Integer, Integer>>comparingInt(entry -> -entry.getValue())
                        .thenComparingInt(Map.Entry::getKey))
                .limit(settings.neighbours())
                .toList();
        double all = most.stream().mapToInt(Map.Entry::getValue).sum();
        Map<Integer, Double> weights = new TreeMap<>();
        most.forEach(entry -> weights.put(entry.getKey(), entry.getValue() / all));
        return weights;
    }

    @Test
    void neighboursAreTheItemsVisitedMost() throws InterruptedException {
        VisitedItems visited = visited(LOG, SETTINGS, 2);
        for (int item = 0; item < ITEMS; item++) {
            Map<Integer, Double> expected = obvious(item, SETTINGS);
            Set<Integer> found = new TreeSet<>();
            for (int at = visited.offsets()[item]; at < visited.offsets()[item + 1]; at++) {
                found.add(visited.items()[at]);
            }
            assertThat(found).isEqualTo(expected.keySet());
            for (int other = 0; other < ITEMS; other++) {
                assertThat((double) visited.weight(item, other))
                        .isCloseTo(expected.getOrDefault(other, 0.0), within(1e-6));
            }
        }
        // Nobody took the last item.
        assertThat(visited.has(ITEMS - 1)).isFalse();
        assertThat(visited.has(0)).isTrue();
    }

    @Test
    void threadsChangeNothing() throws InterruptedException {
        VisitedItems one = visited(LOG, SETTINGS, 1);
        VisitedItems three = visited(LOG, SETTINGS, 3);
        assertThat(three).usingRecursiveComparison().isEqualTo(one);
        assertThat(three.hash()).isEqualTo(one.hash());
    }

    @Test
    void noWalkPassesWhatIsHeldOut() throws InterruptedException {
        VisitedItems visited = visited(LOG, SETTINGS, 2);
        assertThat(visited(log(11), SETTINGS, 2)).usingRecursiveComparison().isEqualTo(visited);
    }

    @Test
    void aScoreSumsTheWeightsAmongTheNeighboursOfTheHistory() throws InterruptedException {
        VisitedItems visited =
                new VisitedItems(new int[] {0, 2, 3, 3, 3}, new int[] {1, 3, 3}, new float[] {0.25f, 0.75f, 1});
        VisitTeacher teacher = new VisitTeacher(visited, new VisitSettings(2, 1, 0, 1, 4));
        float[] scores = {-1, -1, -1, -1, -1};
        teacher.score(new int[] {0, 1}, 2, new int[] {0, 1, 3, 2, 3}, 0, 4, scores);
        assertThat(scores).containsExactly(0, 0.25f / 0.5f, 1.75f / 2, 0, -1);
        teacher.score(new int[] {2, 0}, 1, new int[] {1, 3}, 0, 2, scores);
        assertThat(scores[0]).isNaN();
        assertThat(scores[1]).isNaN();
        assertThat(teacher.historyLength()).isEqualTo(2);
    }

    @Test
    void settingsHaveTheirRanges() {
        SettingsAssertions.of(VisitSettings.class)
                .hasDefaults(Map.of("historyLength", 10, "walks", 1000, "restart", 0.5, "steps", 3, "neighbours", 50))
                .binds(
                        "{historyLength: 2, walks: 5, restart: 0, steps: 1, neighbours: 4}",
                        new VisitSettings(2, 5, 0, 1, 4));
        assertThatThrownBy(() -> new VisitSettings(0, 0, 1, 0, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("walks: is 0")
                .hasMessageContaining("restart: is 1");
    }
}
