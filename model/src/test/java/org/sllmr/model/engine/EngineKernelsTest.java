// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sllmr.model.kernel.Functions;
import org.sllmr.model.kernel.Kernels;
import org.sllmr.model.kernel.Products;

class EngineKernelsTest {
    @Test
    void namesSayWhatTheLoopsAreCompiledTo() {
        assertThat(EngineKernels.fastest().name()).matches("SIMD of \\d+ bits");
        assertThat(EngineKernels.plain().name()).isEqualTo("plain Java");
        String fastest = EngineKernels.fastest().name();
        assertThat(new EngineKernels(Products.plain(), Functions.fastest(), Kernels.plain()).name())
                .isEqualTo("products: plain Java; functions: " + fastest + "; rows: plain Java");
    }
}
