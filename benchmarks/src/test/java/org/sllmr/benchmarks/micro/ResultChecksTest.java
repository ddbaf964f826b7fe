// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.micro;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

/** The result checks of all benchmarks, without measuring. */
class ResultChecksTest {
    @Test
    void kernelsGiveTheSameBits() {
        EmbeddingKernels kernels = new EmbeddingKernels();
        kernels.setUp();
        assertThatCode(kernels::check).doesNotThrowAnyException();
    }

    @Test
    void pairsAreTheSame() {
        assertThatCode(new PairSelection()::check).doesNotThrowAnyException();
    }

    @Test
    void areasAreTheSame() {
        assertThatCode(new AreaUnderCurve(2000)::setUp).doesNotThrowAnyException();
    }
}
