// SPDX-License-Identifier: Apache-2.0
package org.sllmr.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private static int[] best(int k, double share, float[] scores, List<String> brands) {
        return new Selection(k, Map.of("brand", share), (item, field) -> List.of(brands.get(item)))
                .best(scores, IntStream.range(0, scores.length).toArray(), item -> true);
    }

    /** Half of an answer of four, not of the ten that were asked for. */
    @Test
    void aShareIsOneOfTheAnswer() {
        List<String> brands = List.of("a", "a", "a", "b", "c");
        assertThat(best(10, 0.5, new float[] {9, 8, 7, 6, 5}, brands)).containsExactly(0, 1, 3, 4);
        assertThat(best(2, 0.5, new float[] {9, 8, 7, 6, 5}, brands)).containsExactly(0, 3);
        assertThat(best(10, 0.5, new float[] {3, 2, 1}, List.of("a", "a", "a"))).containsExactly(0);
        assertThat(best(10, 1, new float[] {3, 2, 1}, List.of("a", "a", "a"))).containsExactly(0, 1, 2);
    }

    /** The longest answer in which no value has more than its share, by trying every length. */
    @Test
    void equalsTheLongestAnswerOfAnyLength() {
        Random random = new Random(5);
        for (int round = 0; round < 2000; round++) {
            int items = random.nextInt(30);
            int k = 1 + random.nextInt(20);
            double share = (1 + random.nextInt(10)) / 10.0;
            float[] scores = new float[items];
            List<String> brands = new ArrayList<>();
            for (int item = 0; item < items; item++) {
                scores[item] = -item;
                brands.add("b" + random.nextInt(1 + random.nextInt(8)));
            }
            int[] expected = new int[0];
            for (int length = k; length > 0 && expected.length == 0; length--) {
                int[] tried = slow(length, share, brands);
                expected = tried.length == length ? tried : expected;
            }
            int[] found = best(k, share, scores, brands);
            assertThat(found).as("round %d: %s", round, brands).isEqualTo(expected);
            Map<String, Integer> counts = new HashMap<>();
            Arrays.stream(found).forEach(item -> counts.merge(brands.get(item), 1, Integer::sum));
            assertThat(counts.values()).allMatch(count -> count == 1 || count <= share * found.length + 1e-9);
        }
    }

    /** Where thousands of the best items are of one value, the choice goes on below them. */
    @Test
    void goesAsDeepAsTheSharesNeed() {
        for (int ofOneBrand : new int[] {0, 255, 256, 300, 5_000, 70_000, 99_999}) {
            int items = 100_000;
            float[] scores = new float[items];
            List<String> brands = new ArrayList<>();
            for (int item = 0; item < items; item++) {
                scores[item] = -item;
                brands.add(item < ofOneBrand ? "one" : "b" + item);
            }
            int[] expected = new int[0];
            for (int length = 20; expected.length == 0; length--) {
                int[] tried = slow(length, 0.4, brands);
                expected = tried.length == length ? tried : expected;
            }
            assertThat(best(20, 0.4, scores, brands))
                    .as("%d of one brand", ofOneBrand)
                    .isEqualTo(expected);
        }
    }

    private static int[] slow(int length, double share, List<String> brands) {
        Map<String, Integer> counts = new HashMap<>();
        return IntStream.range(0, brands.size())
                .filter(item -> counts.merge(brands.get(item), 1, Integer::sum)
                        <= Math.max(1, Math.floor(share * length + 1e-9)))
                .limit(length)
                .toArray();
    }
}
