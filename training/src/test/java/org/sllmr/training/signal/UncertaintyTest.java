// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sllmr.data.numeric.Logistic;

class UncertaintyTest {
    private static final Resampler NEVER = () -> {
        throw new AssertionError("not asked for");
    };

    @Test
    void confidenceFollowsItsDefinition() {
        float[] logits = {9, -3, -0.5f, 0, 0.5f, 3};
        float[] uncertainty = Uncertainty.CONFIDENCE.estimate(logits, 1, 2, NEVER);
        assertThat(uncertainty).hasSize(5);
        for (int row = 0; row < 5; row++) {
            double probability = Logistic.sigmoid(logits[row + 1]);
            assertThat((double) uncertainty[row]).isCloseTo(1 - Math.max(probability, 1 - probability), within(1e-7));
        }
        assertThat(uncertainty[2]).isEqualTo(0.5f);
    }

    @Test
    void entropyFollowsItsDefinition() {
        float[] logits = {-3, -0.5f, 0, 0.5f, 3};
        float[] uncertainty = Uncertainty.ENTROPY.estimate(logits, 0, 2, NEVER);
        for (int row = 0; row < 5; row++) {
            double p = Logistic.sigmoid(logits[row]);
            double bits = -(p * Math.log(p) + (1 - p) * Math.log(1 - p)) / Math.log(2);
            assertThat((double) uncertainty[row]).isCloseTo(bits, within(1e-7));
        }
        assertThat(uncertainty[2]).isEqualTo(1);
    }

    @Test
    void largeLogitsHaveNoUncertainty() {
        for (Uncertainty kind : List.of(Uncertainty.CONFIDENCE, Uncertainty.ENTROPY)) {
            assertThat(kind.estimate(new float[] {-1e5f, 1e5f}, 0, 2, NEVER)).containsExactly(0, 0);
        }
    }

    @Test
    void varianceOverDropoutMasksIsScaledByItsLargestValue() {
        ArrayDeque<float[]> passes = new ArrayDeque<>(List.of(
                new float[] {0, 1e4f, 1, 2}, new float[] {0, -1e4f, 1, 0}, new float[] {0, 1e4f, 1, 1}, new float[] {
                    0, -1e4f, 1, -1
                }));
        float[] uncertainty = Uncertainty.DROPOUT_VARIANCE.estimate(new float[4], 1, 4, passes::removeFirst);
        assertThat(passes).isEmpty();
        assertThat(uncertainty[0]).isEqualTo(1);
        assertThat(uncertainty[1]).isCloseTo(0, within(1e-6f));
        double[] probabilities = {Logistic.sigmoid(2), 0.5, Logistic.sigmoid(1), Logistic.sigmoid(-1)};
        double mean = (probabilities[0] + probabilities[1] + probabilities[2] + probabilities[3]) / 4;
        double variance = 0;
        for (double probability : probabilities) {
            variance += (probability - mean) * (probability - mean) / 4;
        }
        assertThat((double) uncertainty[2]).isCloseTo(4 * variance, within(1e-6));
    }
}
