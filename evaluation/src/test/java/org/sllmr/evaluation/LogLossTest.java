// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;

class LogLossTest {
    private static final double LOG_LOSS = 0.6575158287627046;

    @Test
    void equalsTheDefinitionWhereTheDefinitionCanBeComputed() {
        for (long seed = 1; seed <= 50; seed++) {
            RandomGenerator random = new Seed(seed).generator();
            Samples samples = RandomSamples.samples(random, 30, 2, 5, 9);
            float[] logits = RandomSamples.scores(random, samples, 500);

            assertThat(LogLoss.of(logits, samples).orElseThrow())
                    .as("seed %d", seed)
                    .isCloseTo(byDefinition(logits, samples), within(1e-12));
        }
    }

    @Test
    void aCertainButWrongPredictionCostsItsFullLogit() {
        assertThat(LogLoss.of(-1e6, 1)).isEqualTo(1e6);
        assertThat(LogLoss.of(1e6, 0)).isEqualTo(1e6);
        assertThat(LogLoss.of(1e6, 1)).isZero();
        assertThat(LogLoss.of(-1e6, 0)).isZero();
        assertThat(LogLoss.of(40, 1)).isCloseTo(Math.exp(-40), within(1e-25));
        assertThat(LogLoss.of(0, 0)).isEqualTo(Math.log(2));
    }

    /** log_loss of scikit-learn 1.9.1 on the sigmoid of the logits. */
    @Test
    void equalsTheRecordedScikitLearnValue() {
        Samples samples = RandomSamples.samples(new Seed(1).generator(), 3, 1, 3, 3);
        float[] logits = {1.5f, -0.25f, -2, 0.5f, 3, -4};

        assertThat(LogLoss.of(logits, samples).orElseThrow()).isCloseTo(LOG_LOSS, within(1e-15));
    }

    @Test
    void refusesNaNAndIsEmptyWithoutRows() {
        Samples none = RandomSamples.samples(new Seed(1).generator(), 0, 1, 3, 3);
        Samples one = RandomSamples.samples(new Seed(1).generator(), 1, 1, 3, 3);

        assertThat(LogLoss.of(new float[0], none)).isEmpty();
        assertThatThrownBy(() -> LogLoss.of(new float[] {0, Float.NaN}, one))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN");
    }

    private static double byDefinition(float[] logits, Samples samples) {
        double sum = 0;
        for (int row = 0; row < logits.length; row++) {
            double probability = 1 / (1 + Math.exp(-logits[row]));
            sum -= Math.log(samples.label(row) == 1 ? probability : 1 - probability);
        }
        return sum / logits.length;
    }
}
