// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.training.World;

class TeacherCheckTest {
    private final World world = World.small(1);
    private final int users = world.data().log().users();

    @Test
    void guidanceNeedsATeacher() {
        for (Guidance guidance : List.of(
                SelectivePairwise.defaults(),
                GlobalPairwise.defaults(),
                Pointwise.defaults(),
                Distillation.defaults())) {
            assertThatThrownBy(() -> guidance.regularizer(world.data(), null))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("teacher scores: are missing")
                    .hasMessageContaining("'none'");
        }
        assertThat(None.defaults().regularizer(world.data(), null).report()).isEqualTo(GuidanceReport.NONE);
    }

    @Test
    void allMismatchesWithTheDataAreReportedAtOnce() {
        TeacherTable other = new TeacherTable(new int[] {0, 2}, new int[] {3, 45}, new float[] {0, 1});
        assertThatThrownBy(() -> Pointwise.defaults().regularizer(world.data(), other))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("are of 1 users, but dataset 'world' has 60")
                .hasMessageContaining("contain item index 45, but dataset 'world' has 45 items");
    }

    @Test
    void emptyScoresAreRefused() {
        TeacherTable empty = new TeacherTable(new int[users + 1], new int[0], new float[0]);
        assertThatThrownBy(() -> Distillation.defaults().regularizer(world.data(), empty))
                .hasMessageContaining("teacher scores: are empty");
    }

    @Test
    void pairsNeedAUserWithTwoDifferentScores() {
        // User 0 ends at 0.5 and user 1 starts at 1: no pair, users do not mix.
        int[] offsets = new int[users + 1];
        Arrays.fill(offsets, 1, 2, 2);
        Arrays.fill(offsets, 2, users + 1, 3);
        TeacherTable flat = new TeacherTable(offsets, new int[] {0, 1, 0}, new float[] {0.5f, 0.5f, 1});
        assertThatThrownBy(() -> SelectivePairwise.defaults().regularizer(world.data(), flat))
                .hasMessageContaining("no user with two different scores");
        boolean[] everybody = new boolean[users];
        Arrays.fill(everybody, true);
        TeacherTable known = everyItem(users, world.data().catalogue().size(), everybody);
        assertThatThrownBy(() -> SelectivePairwise.defaults().regularizer(world.data(), known))
                .hasMessageContaining("of each user who is not held out");
        assertThat(SelectivePairwise.defaults()
                        .regularizer(
                                world.data(),
                                everyItem(users, world.data().catalogue().size(), new boolean[users])))
                .isNotNull();
        assertThat(Pointwise.defaults().regularizer(world.data(), flat)).isNotNull();
    }

    private static TeacherTable everyItem(int users, int items, boolean[] heldOut) {
        int[] offsets =
                IntStream.rangeClosed(0, users).map(user -> user * items).toArray();
        int[] all =
                IntStream.range(0, users * items).map(index -> index % items).toArray();
        float[] scores = new float[all.length];
        for (int index = 0; index < scores.length; index++) {
            scores[index] = index % 2;
        }
        return new TeacherTable(offsets, all, scores, heldOut);
    }
}
