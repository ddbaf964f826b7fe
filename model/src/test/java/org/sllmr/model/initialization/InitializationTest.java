// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.initialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Seed;

class InitializationTest {
    private static final Initialization BOTH = new Initialization.Normal(1, Optional.of(0.1));

    @Test
    void dataWithLabelsMayHaveADeviationOfTheirOwn() {
        assertThat(deviation(BOTH.of(false))).isBetween(0.95, 1.05);
        assertThat(deviation(BOTH.of(true))).isBetween(0.095, 0.105);
        assertThat(deviation(new Initialization.Normal(0.5).of(true))).isBetween(0.475, 0.525);
        assertThat(new Initialization.XavierNormal().of(true)).isEqualTo(new Initialization.XavierNormal());
    }

    @Test
    void neitherIsNegative() {
        assertThatThrownBy(() -> new Initialization.Normal(1, Optional.of(-0.1)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("deviationWithLabels");
    }

    private static double deviation(Initialization initialization) {
        RandomGenerator generator = new Seed(3).generator();
        Initialization.Draw draw = initialization.draw(1, 1);
        return Math.sqrt(IntStream.range(0, 10_000)
                .mapToDouble(i -> draw.next(generator))
                .map(value -> value * value)
                .average()
                .orElseThrow());
    }
}
