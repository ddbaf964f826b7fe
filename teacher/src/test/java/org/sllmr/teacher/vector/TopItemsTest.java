// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sllmr.data.Seed;

class TopItemsTest {
    @Test
    void equalsAFullSort() {
        long seed = Long.getLong("sllmr.seed", 1);
        RandomGenerator random = new Seed(seed).generator();
        for (int round = 0; round < 200; round++) {
            int items = random.nextInt(1, 80);
            int capacity = random.nextInt(1, 20);
            // Few different values, so that there are many ties.
            float[] values = new float[items];
            for (int item = 0; item < items; item++) {
                values[item] = random.nextInt(12) / 4f - 1;
            }
            List<Integer> offered =
                    new ArrayList<>(IntStream.range(0, items).boxed().toList());
            Collections.shuffle(offered, new Random(random.nextLong()));
            TopItems top = new TopItems(3, capacity);
            offered.forEach(item -> top.offer(1, item, values[item]));
            // A second time changes nothing, in any order.
            Collections.shuffle(offered, new Random(random.nextLong()));
            offered.forEach(item -> top.offer(1, item, values[item]));
            List<Integer> best = IntStream.range(0, items)
                    .boxed()
                    .sorted(Comparator.<Integer>comparingDouble(item -> -values[item])
                            .thenComparing(Comparator.naturalOrder()))
                    .limit(capacity)
                    .toList();
            NearestItems sorted = top.sorted();
            assertThat(sorted.offsets()).as("seed %s", seed).containsExactly(0, 0, best.size(), best.size());
            assertThat(sorted.items())
                    .as("seed %s", seed)
                    .containsExactly(best.stream().mapToInt(Integer::intValue).toArray());
            for (int rank = 0; rank < best.size(); rank++) {
                assertThat(sorted.values()[rank]).isEqualTo(values[best.get(rank)]);
            }
        }
    }
}
