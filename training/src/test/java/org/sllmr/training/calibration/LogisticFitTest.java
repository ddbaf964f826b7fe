// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sllmr.data.Seed;
import org.sllmr.data.numeric.Logistic;

class LogisticFitTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theGradientIsZeroAtTheOptimum(long seed) {
        RandomGenerator random = new Seed(seed).generator();
        double[][] rows = gaussian(random, 60, 4);
        double ridge = random.nextDouble(0.01, 5);
        double[] weights = LogisticFit.fit(rows, ridge);
        for (int feature = 0; feature < weights.length; feature++) {
            double[] above = weights.clone();
            double[] below = weights.clone();
            above[feature] += 1e-4;
            below[feature] -= 1e-4;
            double slope = (LogisticFit.loss(rows, above, ridge) - LogisticFit.loss(rows, below, ridge)) / 2e-4;
            assertThat(slope).as("feature %d", feature).isCloseTo(0, within(1e-6));
        }
        // The documented loss, written out.
        double loss = 0;
        for (double weight : weights) {
            loss += ridge / 2 * weight * weight;
        }
        for (double[] row : rows) {
            double odds = 0;
            for (int feature = 0; feature < row.length; feature++) {
                odds += row[feature] * weights[feature];
            }
            loss -= Math.log(Logistic.sigmoid(odds));
        }
        assertThat(LogisticFit.loss(rows, weights, ridge)).isCloseTo(loss, within(1e-9));
    }

    @Test
    void recoversPlantedWeights() {
        RandomGenerator random = new Seed(3).generator();
        double[] planted = {1.5, -0.7, 0, 0.3};
        double[][] rows = gaussian(random, 40_000, planted.length);
        for (double[] row : rows) {
            double odds = 0;
            for (int feature = 0; feature < planted.length; feature++) {
                odds += planted[feature] * row[feature];
            }
            if (random.nextDouble() >= Logistic.sigmoid(odds)) {
                for (int feature = 0; feature < planted.length; feature++) {
                    row[feature] = -row[feature];
                }
            }
        }
        double[] fitted = LogisticFit.fit(rows, 1);
        for (int feature = 0; feature < planted.length; feature++) {
            // The standard error of a weight is about .014.
            assertThat(fitted[feature]).as("weight %d", feature).isCloseTo(planted[feature], within(0.06));
        }
    }

    @Test
    void separableRowsHaveFiniteWeights() {
        double[][] rows = new double[200][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = new double[] {1000.0 * (1 + row), 1e-3, 0};
        }
        double[] weights = LogisticFit.fit(rows, 1e-3);
        assertThat(weights).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY);
        assertThat(weights[0]).isPositive();
        assertThat(weights[1]).isBetween(0.0, 1.0);
        assertThat(weights[2]).as("a feature that is always 0").isZero();
    }

    @Test
    void theRidgeShrinksWeights() {
        double[][] rows = gaussian(new Seed(8).generator(), 50, 1);
        for (double[] row : rows) {
            row[0] = Math.abs(row[0]);
        }
        double weak = LogisticFit.fit(rows, 1e-2)[0];
        double strong = LogisticFit.fit(rows, 100)[0];
        assertThat(strong).isPositive().isLessThan(weak / 4);
    }

    private static double[][] gaussian(RandomGenerator random, int rows, int features) {
        double[][] values = new double[rows][features];
        for (double[] row : values) {
            for (int feature = 0; feature < features; feature++) {
                row[feature] = random.nextGaussian();
            }
        }
        return values;
    }
}
