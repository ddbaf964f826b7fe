// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class GaussianTest {
    private static final int DRAWS = 2_000_000;

    private static double[] draws(int count) {
        RandomGenerator generator = new Seed(1).child("normal").generator();
        double[] draws = new double[count];
        Arrays.setAll(draws, index -> Gaussian.next(generator));
        return draws;
    }

    /** Written by Java 17 on a processor with AVX2; every other Java and processor has to draw the same. */
    @Test
    void theDrawsAreTheSameEverywhere() {
        long hash = 0;
        for (double draw : draws(1_000_000)) {
            hash = 31 * hash + Double.doubleToRawLongBits(draw);
        }
        assertThat(draws(4))
                .containsExactly(0.2202809423938689, -1.0170196329548773, 2.135185274562333, -1.039204532286654);
        assertThat(hash).isEqualTo(3650449784298557522L);
    }

    /** Kolmogorov and Smirnov's test: the largest distance between the draws' distribution and the normal one. */
    @Test
    void theDistributionIsNormal() {
        double[] sorted = draws(DRAWS);
        Arrays.sort(sorted);
        double largest = 0;
        for (int index = 0; index < DRAWS; index++) {
            double expected = cumulative(sorted[index]);
            largest = Math.max(largest, Math.abs(expected - (index + 0.5) / DRAWS));
        }
        // A right generator is above this once in a thousand seeds.
        assertThat(largest * Math.sqrt(DRAWS)).isLessThan(1.95);
    }

    @Test
    void momentsAndTailsAreNormal() {
        double[] draws = draws(DRAWS);
        double[] moments = new double[5];
        int beyond = 0;
        int rightwards = 0;
        for (double draw : draws) {
            for (int power = 1; power <= 4; power++) {
                moments[power] += Math.pow(draw, power) / DRAWS;
            }
            if (Math.abs(draw) > 3.5) {
                beyond++;
                rightwards += draw > 0 ? 1 : 0;
            }
        }
        double error = 4 / Math.sqrt(DRAWS);
        assertThat(moments[1]).isCloseTo(0, within(error));
        assertThat(moments[2]).isCloseTo(1, within(error * Math.sqrt(2)));
        assertThat(moments[3]).isCloseTo(0, within(error * Math.sqrt(15)));
        assertThat(moments[4]).isCloseTo(3, within(error * Math.sqrt(96)));
        double expected = 2 * (1 - cumulative(3.5)) * DRAWS;
        assertThat((double) beyond).isCloseTo(expected, within(4 * Math.sqrt(expected)));
        assertThat((double) rightwards).isCloseTo(beyond / 2.0, within(2 * Math.sqrt(beyond)));
    }

    /** The normal distribution function, by its series (Marsaglia 2004). */
    private static double cumulative(double x) {
        if (Math.abs(x) > 8) {
            return x > 0 ? 1 : 0;
        }
        double sum = x;
        double term = x;
        for (int i = 3; Math.abs(term) > 1e-18; i += 2) {
            term *= x * x / i;
            sum += term;
        }
        return 0.5 + sum * Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
    }
}
