// SPDX-License-Identifier: Apache-2.0
package org.sllmr.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ArraySizeTest {
    @Test
    void sizesThatFitAreReturned() {
        assertThat(ArraySize.of(0, "a", "b", "c")).isZero();
        assertThat(ArraySize.of(ArraySize.LARGEST, "a", "b", "c")).isEqualTo(ArraySize.LARGEST);
        assertThat(ArraySize.product(1 << 30, 4)).isEqualTo(1L << 32);
    }

    @Test
    void largerSizesAreRefusedWithNumberAndLimit() {
        assertThatThrownBy(() -> ArraySize.of(1L << 31, "file", "rows", "take fewer"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("file: there would be 2147483648 rows, at most 2147483639 are possible; take fewer");
        long more = ArraySize.product(1L << 40, 1L << 40);
        assertThatThrownBy(() -> ArraySize.of(more, "file", "rows", "take fewer"))
                .hasMessageContaining("more than 2^63 rows");
    }

    @Test
    void arraysGrowUpToTheLimit() {
        assertThat(ArraySize.grown(8, 9, "a", "b", "c")).isEqualTo(16);
        assertThat(ArraySize.grown(8, 40, "a", "b", "c")).isEqualTo(40);
        assertThat(ArraySize.grown(1 << 30, (1 << 30) + 1L, "a", "b", "c")).isEqualTo(ArraySize.LARGEST);
        assertThatThrownBy(
                        () -> ArraySize.grown(ArraySize.LARGEST, 1L + ArraySize.LARGEST, "log", "rows", "take fewer"))
                .hasMessageContaining("log: there would be 2147483640 rows");
    }
}
