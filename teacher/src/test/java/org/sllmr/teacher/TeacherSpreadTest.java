// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TeacherSpreadTest {
    private static final TeacherTable TEACHER = new TeacherTable(
            new int[] {0, 3, 3, 4, 6}, new int[] {0, 1, 2, 0, 0, 1}, new float[] {0.25f, 0.5f, 0.75f, 1, 0.5f, 0.5f});

    @Test
    void equalsEachUsersStandardDeviation() {
        TeacherSpread spread = TeacherSpread.of(TEACHER);
        assertThat(spread.of(0)).isCloseTo(0.25 * Math.sqrt(2.0 / 3), within(1e-12));
        assertThat(spread.of(1)).as("no score").isZero();
        assertThat(spread.of(2)).as("one score").isZero();
        assertThat(spread.of(3)).as("equal scores").isZero();
    }

    @Test
    void scalesDifferences() {
        TeacherSpread spread = TeacherSpread.of(TEACHER);
        assertThat(spread.relative(0, -0.5)).isCloseTo(-Math.sqrt(6), within(1e-12));
        assertThat(spread.relative(3, 0)).isZero();
    }
}
