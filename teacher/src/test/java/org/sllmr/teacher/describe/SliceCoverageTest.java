// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.describe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sllmr.data.InteractionLog;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.teacher.Worlds;

class SliceCoverageTest {
    @Test
    void usersAndItemsAreCountedBySlice() {
        // Users with 1, 4 and 5 interactions; of five items the tail is item 0, the first without training positives.
        InteractionLog log =
                InteractionLog.of(new int[] {0, 1, 5, 10}, new int[] {0, 1, 2, 3, 4, 1, 2, 3, 4, 1}, new long[10]);
        TeacherTable table =
                new TeacherTable(new int[] {0, 2, 3, 3}, new int[] {0, 1, 0}, new float[] {0.5f, 0.25f, 1});
        assertThat(SliceCoverage.of(table, Worlds.data(log, 5)))
                .containsExactly(
                        new SliceCoverage("cold users", 1, 1, 2, 0.375),
                        new SliceCoverage("other users", 2, 1, 1, 1),
                        new SliceCoverage("long-tail items", 1, 1, 2, 0.75),
                        new SliceCoverage("other items", 4, 1, 1, 0.25));
    }
}
