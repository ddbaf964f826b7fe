// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.sllmr.data.numeric.Logistic;

class DistillationTest {
    @Test
    void atTemperatureOneItIsCrossEntropy() {
        for (double target : new double[] {0.1, 0.5, 0.93}) {
            assertThat(new SoftenedCrossEntropy(1).loss(0.4, target))
                    .isCloseTo(PointwiseLoss.BINARY_CROSS_ENTROPY.loss(0.4, target), within(1e-12));
        }
    }

    @Test
    void softensTeacherAndModel() {
        double teacher = Logistic.sigmoid(2.0 / 4);
        double model = Logistic.sigmoid(-1.0 / 4);
        double expected = -16 * (teacher * Math.log(model) + (1 - teacher) * Math.log(1 - model));
        assertThat(new SoftenedCrossEntropy(4).loss(-1, Logistic.sigmoid(2))).isCloseTo(expected, within(1e-12));
    }

    @Test
    void isMinimalWhereTheLogitsAgree() {
        for (double temperature : new double[] {0.5, 1, 5}) {
            assertThat(new SoftenedCrossEntropy(temperature).derivative(1.3, Logistic.sigmoid(1.3)))
                    .isCloseTo(0, within(1e-12));
        }
    }

    @Test
    void scoresOfZeroAndOneStayFinite() {
        for (double target : new double[] {0, 1}) {
            assertThat(new SoftenedCrossEntropy(0.1).loss(30, target)).isFinite();
            assertThat(new SoftenedCrossEntropy(0.1).derivative(-30, target)).isFinite();
        }
    }
}
