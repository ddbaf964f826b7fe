// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnTest {
    private static final Vocabulary VALUES = new Vocabulary(List.of("a", "b"));

    @Test
    void equalOffsetsAreShared() {
        Column first = Column.single("first", VALUES, new int[] {0, 1, 1});
        Column second = Column.single("second", VALUES, new int[] {1, 1, 0});
        Column other = new Column("other", VALUES, new int[] {0, 0, 2, 3}, new int[] {1, 0, 1});

        Column shared = second.sharingOffsets(first);
        assertThat(shared.offsets()).isSameAs(first.offsets());
        assertThat(shared.name()).isEqualTo("second");
        assertThat(shared.values()).isSameAs(second.values());
        assertThat(other.sharingOffsets(first)).isSameAs(other);
    }
}
