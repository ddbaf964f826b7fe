// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LogisticTest {
    @Test
    void agreesWithTheDefinitions() {
        for (double x = -20; x <= 20; x += 0.37) {
            double probability = 1 / (1 + Math.exp(-x));
            assertThat(Logistic.sigmoid(x)).isCloseTo(probability, within(1e-15));
            assertThat(Logistic.softplus(x)).isCloseTo(Math.log(1 + Math.exp(x)), within(1e-9));
            assertThat(Logistic.crossEntropy(x, 0.3))
                    .isCloseTo(-0.3 * Math.log(probability) - 0.7 * Math.log(1 - probability), within(1e-7));
        }
    }

    @Test
    void staysExactForLargeLogits() {
        assertThat(Logistic.sigmoid(-700)).isEqualTo(Math.exp(-700));
        assertThat(Logistic.sigmoid(-1e6)).isZero();
        assertThat(Logistic.sigmoid(1e6)).isEqualTo(1);
        assertThat(Logistic.softplus(1e6)).isEqualTo(1e6);
        assertThat(Logistic.softplus(-1e6)).isZero();
        assertThat(Logistic.crossEntropy(-1e6, 1)).isEqualTo(1e6);
        assertThat(Logistic.crossEntropy(1e6, 1)).isZero();
    }
}
