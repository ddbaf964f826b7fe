// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;

class CalibrationErrorTest {
    @Test
    void equalsTheDefinition() {
        for (long seed = 1; seed <= 50; seed++) {
            RandomGenerator random = new Seed(seed).generator();
            Samples samples = RandomSamples.samples(random, 40, 1 + random.nextInt(3), 5, 9);
            float[] logits = RandomSamples.scores(random, samples, 300);
            int bins = 1 + random.nextInt(20);

            assertThat(CalibrationError.of(logits, samples, bins).orElseThrow())
                    .as("seed %d", seed)
                    .isCloseTo(byDefinition(logits, samples, bins), within(1e-12));
        }
    }

    @Test
    void isZeroForTheBaseRateAndOneForCertainButWrongPredictions() {
        Samples samples = RandomSamples.samples(new Seed(1).generator(), 8, 1, 3, 3);
        float[] wrong = new float[samples.size()];
        for (int row = 0; row < wrong.length; row++) {
            wrong[row] = samples.label(row) == 1 ? -1000 : 1000;
        }

        assertThat(CalibrationError.of(new float[samples.size()], samples, 15).orElseThrow())
                .isZero();
        assertThat(CalibrationError.of(wrong, samples, 15).orElseThrow()).isCloseTo(1, within(1e-12));
    }

    @Test
    void refusesNaNAndIsEmptyWithoutRows() {
        Samples none = RandomSamples.samples(new Seed(1).generator(), 0, 1, 3, 3);
        Samples one = RandomSamples.samples(new Seed(1).generator(), 1, 1, 3, 3);

        assertThat(CalibrationError.of(new float[0], none, 15)).isEmpty();
        assertThatThrownBy(() -> CalibrationError.of(new float[] {0, Float.NaN}, one, 15))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("row 1");
    }

    private static double byDefinition(float[] logits, Samples samples, int bins) {
        double error = 0;
        for (int bin = 0; bin < bins; bin++) {
            double probabilities = 0;
            double positives = 0;
            int count = 0;
            for (int row = 0; row < logits.length; row++) {
                double probability = 1 / (1 + Math.exp(-logits[row]));
                if (probability >= (double) bin / bins && probability < (bin + 1.0) / bins) {
                    probabilities += probability;
                    positives += samples.label(row);
                    count++;
                }
            }
            if (count > 0) {
                error += (double) count / logits.length * Math.abs(probabilities / count - positives / count);
            }
        }
        return error;
    }
}
