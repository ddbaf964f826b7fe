// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.sllmr.configuration.InvalidInputException;

class PairedTTestTest {
    private static final double P_VALUE = 0.03829321427538847;
    private static final double LOWER = 0.0004378351586250941;
    private static final double UPPER = 0.009562164841374916;
    private static final double EFFECT = 1.3608276348795434;
    private static final double[] FIRST = {0.781, 0.779, 0.784, 0.780, 0.776};
    private static final double[] SECOND = {0.786, 0.785, 0.783, 0.789, 0.782};

    /** ttest_rel of SciPy 1.17.1 with its 95 % confidence interval. */
    @Test
    void equalsRecordedSciPyValues() {
        PairedTTest test = PairedTTest.of(FIRST, SECOND, 0.95);

        assertThat(test.pairs()).isEqualTo(5);
        assertThat(test.difference()).isCloseTo(0.005, within(1e-15));
        assertThat(test.pValue()).isCloseTo(P_VALUE, within(1e-12));
        assertThat(test.lower()).isCloseTo(LOWER, within(1e-12));
        assertThat(test.upper()).isCloseTo(UPPER, within(1e-12));
        assertThat(test.effectSize()).isCloseTo(EFFECT, within(1e-9));
    }

    @Test
    void isAntisymmetric() {
        PairedTTest forward = PairedTTest.of(FIRST, SECOND, 0.9);
        PairedTTest backward = PairedTTest.of(SECOND, FIRST, 0.9);

        assertThat(backward.pValue()).isCloseTo(forward.pValue(), within(1e-15));
        assertThat(backward.difference()).isEqualTo(-forward.difference());
        assertThat(backward.lower()).isEqualTo(-forward.upper());
        assertThat(backward.effectSize()).isEqualTo(-forward.effectSize());
    }

    @Test
    void handlesEqualDifferencesOfAllSeeds() {
        double[] constant = {0.5, 0.5, 0.5};
        double[] shifted = {0.75, 0.75, 0.75};

        PairedTTest none = PairedTTest.of(constant, constant, 0.95);
        PairedTTest exact = PairedTTest.of(constant, shifted, 0.95);

        assertThat(none.pValue()).isEqualTo(1);
        assertThat(none.effectSize()).isZero();
        assertThat(exact.pValue()).isZero();
        assertThat(exact.lower()).isEqualTo(0.25);
        assertThat(exact.effectSize()).isInfinite();
    }

    @Test
    void refusesUnpairedOrTooFewSeeds() {
        assertThatThrownBy(() -> PairedTTest.of(new double[3], new double[2], 0.95))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("3 and 2");
        assertThatThrownBy(() -> PairedTTest.of(new double[1], new double[1], 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("2 or more")
                .hasMessageContaining("confidence");
    }
}
