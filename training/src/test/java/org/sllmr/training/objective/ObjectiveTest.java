// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Seed;
import org.sllmr.training.FiniteDifference;

class ObjectiveTest {
    private static final int GROUP = 4;
    private static final int SAMPLES = 20;

    static Stream<Objective> objectives() {
        return Stream.of(
                BinaryCrossEntropy.defaults(),
                BayesianPersonalizedRanking.defaults(),
                InfoNce.defaults(),
                new InfoNce(0.3));
    }

    @ParameterizedTest
    @MethodSource("objectives")
    void gradientIsTheDerivativeOfTheLoss(Objective objective) {
        float[] logits = logits(1, SAMPLES + 3);
        float[] gradient = new float[logits.length];
        objective.evaluate(logits, labels(SAMPLES), GROUP, gradient);
        double[] expected = FiniteDifference.gradient(
                logits, moved -> objective.evaluate(moved, labels(SAMPLES), GROUP, new float[moved.length]));
        assertThat(FiniteDifference.widen(gradient)).containsExactly(expected, within(1e-4));
        assertThat(Arrays.copyOfRange(gradient, SAMPLES, gradient.length)).containsOnly(0f);
    }

    @ParameterizedTest
    @MethodSource("objectives")
    void addsToTheGradient(Objective objective) {
        float[] logits = logits(2, SAMPLES);
        float[] gradient = new float[SAMPLES];
        objective.evaluate(logits, labels(SAMPLES), GROUP, gradient);
        float[] onTop = new float[SAMPLES];
        Arrays.fill(onTop, 1);
        objective.evaluate(logits, labels(SAMPLES), GROUP, onTop);
        for (int row = 0; row < SAMPLES; row++) {
            assertThat(onTop[row]).isEqualTo(1 + gradient[row]);
        }
    }

    @ParameterizedTest
    @MethodSource("objectives")
    void theSameBatchTwiceHasTheSameMean(Objective objective) {
        float[] once = logits(3, SAMPLES);
        float[] twice = Arrays.copyOf(once, 2 * SAMPLES);
        System.arraycopy(once, 0, twice, SAMPLES, SAMPLES);
        assertThat(objective.evaluate(twice, labels(2 * SAMPLES), GROUP, new float[2 * SAMPLES]))
                .isCloseTo(objective.evaluate(once, labels(SAMPLES), GROUP, new float[SAMPLES]), within(1e-12));
    }

    @ParameterizedTest
    @MethodSource("objectives")
    void hugeLogitsStayFinite(Objective objective) {
        float[] logits = {-1e4f, 1e4f, 1e4f, 1e4f, 1e4f, -1e4f, -1e4f, -1e4f};
        float[] gradient = new float[8];
        assertThat(objective.evaluate(logits, labels(8), GROUP, gradient))
                .isFinite()
                .isPositive();
        for (float slope : gradient) {
            assertThat(slope).isFinite();
        }
    }

    @ParameterizedTest
    @MethodSource("objectives")
    void undefinedLogitsGiveAnUndefinedLoss(Objective objective) {
        float[] logits = logits(4, 8);
        logits[5] = Float.NaN;
        assertThat(objective.evaluate(logits, labels(8), GROUP, new float[8])).isNaN();
    }

    @Test
    void binaryCrossEntropyFollowsItsDefinition() {
        float[] logits = {2, -1};
        double expected = (-Math.log(1 / (1 + Math.exp(-2))) - Math.log(1 - 1 / (1 + Math.exp(1)))) / 2;
        assertThat(BinaryCrossEntropy.defaults().evaluate(logits, new float[] {1, 0}, 2, new float[2]))
                .isCloseTo(expected, within(1e-12));
    }

    @Test
    void infoNceOfOneNegativeIsBpr() {
        float[] logits = logits(5, 10);
        float[] gradient = new float[10];
        float[] expected = new float[10];
        double loss = InfoNce.defaults().evaluate(logits, labels(10), 2, gradient);
        assertThat(loss)
                .isCloseTo(
                        BayesianPersonalizedRanking.defaults().evaluate(logits, labels(10), 2, expected),
                        within(1e-12));
        assertThat(gradient).containsExactly(expected, within(1e-7f));
    }

    @Test
    void temperatureHasARange() {
        assertThatThrownBy(() -> new InfoNce(0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("temperature: is 0, allowed is above 0 up to 100");
    }

    private static float[] labels(int samples) {
        float[] labels = new float[samples];
        for (int row = 0; row < samples; row += GROUP) {
            labels[row] = 1;
        }
        return labels;
    }

    private static float[] logits(long seed, int rows) {
        RandomGenerator random = new Seed(seed).generator();
        float[] logits = new float[rows];
        for (int row = 0; row < rows; row++) {
            logits[row] = (float) (2 * random.nextGaussian());
        }
        return logits;
    }
}
