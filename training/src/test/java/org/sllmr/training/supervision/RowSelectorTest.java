// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Seed;
import org.sllmr.teacher.TeacherTable;

class RowSelectorTest {
    private static final int USERS = 20;
    private static final int ITEMS = 15;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void drawsScoredItemsOfTheBatchsUsers(long seed) {
        RandomGenerator random = new Seed(seed).generator();
        TeacherTable teacher = RandomTeacher.table(random, USERS, ITEMS);
        InteractionLog log = RandomTeacher.log(random, USERS);
        RowSettings settings = new RowSettings(9, 2);
        RowSelector selector = new RowSelector(log, teacher, settings);
        for (int step = 0; step < 50; step++) {
            Instances batch = RandomTeacher.batch(random, USERS, ITEMS, 1 + random.nextInt(12));
            Supervision chosen = selector.select(batch, new Seed(seed).child(step));
            int offered = Arrays.stream(batch.users())
                    .distinct()
                    .map(user -> Math.min(2, teacher.offsets()[user + 1] - teacher.offsets()[user]))
                    .sum();
            assertThat(chosen.size()).isEqualTo(Math.min(9, offered));
            assertThat(chosen.pairs().size()).isZero();
            Set<List<Integer>> distinct = new HashSet<>();
            for (int row = 0; row < chosen.size(); row++) {
                int user = chosen.rows().users()[row];
                int item = chosen.rows().items()[row];
                assertThat(batch.users()).contains(user);
                assertThat(distinct.add(List.of(user, item))).isTrue();
                assertThat(chosen.rows().positions()[row]).isEqualTo(log.length(user));
                int at = Arrays.binarySearch(
                        teacher.items(), teacher.offsets()[user], teacher.offsets()[user + 1], item);
                assertThat(chosen.scores()[row]).isEqualTo(teacher.scores()[at]);
            }
        }
    }

    @Test
    void everyScoredItemIsDrawnEquallyOften() {
        TeacherTable teacher = new TeacherTable(
                new int[] {0, 2, 7}, new int[] {0, 1, 0, 1, 2, 3, 4}, new float[] {0, 0, 0, 0, 0, 0, 0});
        CandidateSample sample = new CandidateSample(teacher);
        RandomGenerator random = new Seed(7).generator();
        int[] times = new int[7];
        int[] drawn = new int[3];
        int draws = 20_000;
        for (int draw = 0; draw < draws; draw++) {
            assertThat(sample.draw(1, 3, random, drawn, 0)).isEqualTo(3);
            for (int index : drawn) {
                times[index]++;
            }
        }
        assertThat(times[0] + times[1]).isZero();
        for (int index = 2; index < 7; index++) {
            // Five standard deviations of a binomial count with p = 3/5.
            assertThat((double) times[index]).isCloseTo(0.6 * draws, within(5 * Math.sqrt(draws * 0.24)));
        }
    }
}
