// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.sllmr.data.Seed;

class ListMetricsTest {
    @Test
    void equalHandComputedValues() {
        int[][] lists = {{0, 1, 3}, {0, 2, 3}};
        boolean[] tail = {false, false, true, true};
        int[] positives = {5, 3, 0, 0};

        ListMetrics two = ListMetrics.of(lists, 2, tail, positives);

        // Places 2, 1, 1, 0 of 4; p = 6/12, 4/12, 1/12, 1/12.
        assertThat(two.coverage()).isEqualTo(0.75);
        assertThat(two.longTailShare()).isEqualTo(0.25);
        assertThat(two.gini()).isCloseTo((-3 * 0 + -1 * 1 + 1 * 1 + 3 * 2) / 16.0, within(1e-15));
        assertThat(two.novelty()).isCloseTo((1 + 1 + log2(3) + log2(12)) / 4, within(1e-14));
    }

    /** The Gini coefficient's definition: the mean absolute difference over twice the mean. */
    @Test
    void giniEqualsItsDefinition() {
        for (long seed = 1; seed <= 50; seed++) {
            RandomGenerator random = new Seed(seed).generator();
            int items = 2 + random.nextInt(20);
            int[][] lists = new int[1 + random.nextInt(30)][];
            long[] places = new long[items];
            for (int user = 0; user < lists.length; user++) {
                lists[user] = random.ints(3, 0, items).toArray();
                for (int item : lists[user]) {
                    places[item]++;
                }
            }
            double differences = 0;
            for (long one : places) {
                for (long other : places) {
                    differences += Math.abs(one - other);
                }
            }
            double mean = 3.0 * lists.length / items;

            assertThat(ListMetrics.of(lists, 5, new boolean[items], new int[items])
                            .gini())
                    .as("seed %d", seed)
                    .isCloseTo(differences / (2.0 * items * items * mean), within(1e-12));
        }
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }
}
