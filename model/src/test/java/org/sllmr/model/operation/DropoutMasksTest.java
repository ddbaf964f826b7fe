// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sllmr.data.Seed;

class DropoutMasksTest {
    /** Sixteen bits a factor, four factors a draw. */
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.999999, 1e-9})
    void factorsAreTheDefinition(double rate) {
        int width = 7;
        int rows = 91;
        Seed seed = new Seed(5);
        DropoutMasks masks = new DropoutMasks(List.of(new DropoutMasks.Mask(rate, width, Axis.ROWS)));
        masks.draw(rows, 0, seed);
        RandomGenerator generator = seed.child(0).generator();
        long bits = 0;
        for (int i = 0; i < rows * width; i++) {
            bits = i % 4 == 0 ? generator.nextLong() : bits >>> 16;
            boolean dropped = (bits & 0xffff) < Math.round(rate * 0x10000);
            assertThat(masks.values()[masks.offset(0) + i]).isEqualTo(dropped ? 0 : (float) (1 / (1 - rate)));
        }
    }
}
