// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
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
    void isExactToThreeUnitsInTheLastPlace() {
        Random random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            double x = (2 * random.nextDouble() - 1) * Math.pow(10, random.nextInt(5) - 2);
            double e = StrictMath.exp(-Math.abs(x));
            double softplus = Math.max(x, 0) + StrictMath.log1p(e);
            double sigmoid = x < 0 ? e / (1 + e) : 1 / (1 + e);
            assertThat(Logistic.softplus(x)).isCloseTo(softplus, within(3 * Math.ulp(softplus)));
            assertThat(Logistic.sigmoid(x)).isCloseTo(sigmoid, within(3 * Math.ulp(sigmoid)));
        }
    }

    @Test
    void staysExactForLargeLogits() {
        assertThat(Logistic.sigmoid(-700)).isEqualTo(StrictMath.exp(-700));
        assertThat(Logistic.sigmoid(-1e6)).isZero();
        assertThat(Logistic.sigmoid(1e6)).isEqualTo(1);
        assertThat(Logistic.softplus(-700)).isEqualTo(StrictMath.exp(-700));
        assertThat(Logistic.softplus(1e6)).isEqualTo(1e6);
        assertThat(Logistic.softplus(-1e6)).isZero();
        assertThat(Logistic.crossEntropy(-1e6, 1)).isEqualTo(1e6);
        assertThat(Logistic.crossEntropy(1e6, 1)).isZero();
        assertThat(Logistic.sigmoid(Double.NaN)).isNaN();
        assertThat(Logistic.softplus(Double.NaN)).isNaN();
        assertThat(Logistic.sigmoid(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(Logistic.softplus(Double.POSITIVE_INFINITY)).isInfinite();
    }
}
