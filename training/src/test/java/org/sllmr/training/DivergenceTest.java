// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DivergenceTest {
    @ParameterizedTest
    @CsvSource({"NaN, 0", "Infinity, 0", "2e6, 0", "0.7, NaN", "0.7, -Infinity", "0.7, 1e13"})
    void nonFiniteOrHugeLossesNameTheSetting(double objective, double guidance) {
        assertThatThrownBy(() -> Divergence.check(2, 3, 10, objective, guidance, 0.5))
                .isInstanceOf(TrainingDivergedException.class)
                .hasMessageContaining("training diverged in epoch 2, step 3 of 10")
                .hasMessageContaining("model.optimizer.learningRate, which is 0.5");
    }

    @Test
    void guidanceIsNamedIfOnlyItsLossIsHuge() {
        assertThatThrownBy(() -> Divergence.check(1, 1, 1, 0.7, Double.NaN, 0.5))
                .hasMessageContaining("lower guidance.lambda, or model.optimizer.learningRate");
    }

    @Test
    void largeInitialLossesAreNoDivergence() {
        assertThatCode(() -> Divergence.check(1, 1, 1, 5e3, 1e8, 0.5)).doesNotThrowAnyException();
    }

    @Test
    void checksWeightsAndScores() {
        assertThatThrownBy(() -> Divergence.checkWeights(
                        4, List.of(new float[] {1, 2}, new float[] {Float.NEGATIVE_INFINITY}), 0.5))
                .isInstanceOf(TrainingDivergedException.class)
                .hasMessageContaining("epoch 4: a weight is -Infinity");
        assertThatThrownBy(() -> Divergence.checkScores(4, new float[] {1, Float.NaN}, 0.5))
                .hasMessageContaining("1 of 2 validation samples");
    }
}
