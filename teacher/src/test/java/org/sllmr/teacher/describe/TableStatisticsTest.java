// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.describe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.sllmr.data.Seed;
import org.sllmr.teacher.TeacherTable;

class TableStatisticsTest {
    @Test
    void countsEqualAComparisonOfAllPairs() {
        long seed = Long.getLong("sllmr.seed", 1);
        RandomGenerator random = new Seed(seed).generator();
        for (int world = 0; world < 50; world++) {
            TeacherTable table = table(random);
            float[] before = table.scores().clone();
            TableStatistics statistics = TableStatistics.of(table);
            long pairs = 0;
            long tied = 0;
            int scored = 0;
            int without = 0;
            for (int user = 0; user < table.users(); user++) {
                boolean preference = false;
                for (int one = table.from(user); one < table.to(user); one++) {
                    for (int other = one + 1; other < table.to(user); other++) {
                        pairs++;
                        boolean same = table.scores()[one] == table.scores()[other];
                        tied += same ? 1 : 0;
                        preference |= !same;
                    }
                }
                boolean any = table.to(user) > table.from(user);
                scored += any ? 1 : 0;
                without += any && !preference ? 1 : 0;
            }
            assertThat(statistics)
                    .as("seed %d, world %d", seed, world)
                    .returns(pairs, TableStatistics::pairs)
                    .returns(tied, TableStatistics::tiedPairs)
                    .returns(scored, TableStatistics::usersScored)
                    .returns(without, TableStatistics::usersWithoutPreference)
                    .returns(table.size(), TableStatistics::scores);
            assertThat(table.scores()).isEqualTo(before);
        }
    }

    @Test
    void quantilesEqualThoseOfTheScores() {
        float[] scores = new float[100];
        int[] items = new int[100];
        for (int index = 0; index < 100; index++) {
            scores[index] = (100 - index) / 100f;
            items[index] = index;
        }
        Distribution distribution = TableStatistics.of(new TeacherTable(new int[] {0, 60, 60, 100}, items, scores))
                .distribution();
        assertThat(distribution.least()).isEqualTo(0.01f);
        assertThat(distribution.fivePercent()).isEqualTo(0.05f);
        assertThat(distribution.median()).isEqualTo(0.5f);
        assertThat(distribution.greatest()).isEqualTo(1);
        assertThat(distribution.mean()).isCloseTo(0.505, within(1e-6));
    }

    @Test
    void anEmptyTableHasZeros() {
        TableStatistics statistics = TableStatistics.of(new TeacherTable(new int[3], new int[0], new float[0]));
        assertThat(statistics.usersScored()).isZero();
        assertThat(statistics.distribution()).isEqualTo(new Distribution(0, 0, 0, 0, 0, 0, 0, 0));
    }

    private static TeacherTable table(RandomGenerator random) {
        int[] offsets = new int[1 + random.nextInt(6)];
        for (int user = 1; user < offsets.length; user++) {
            offsets[user] = offsets[user - 1] + random.nextInt(8);
        }
        int size = offsets[offsets.length - 1];
        float[] scores = new float[size];
        for (int index = 0; index < size; index++) {
            scores[index] = random.nextInt(4) / 4f;
        }
        int[] items = new int[size];
        Arrays.setAll(items, index -> index);
        return new TeacherTable(offsets, items, scores);
    }
}
