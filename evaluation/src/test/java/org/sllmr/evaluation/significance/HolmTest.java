// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HolmTest {
    /** Holm's procedure by hand: 4 x 0.005, 3 x 0.01, 2 x 0.03, and for 0.04 at least the previous value. */
    @Test
    void multipliesByTheNumberOfRemainingTests() {
        assertThat(Holm.correct(new double[] {0.01, 0.04, 0.03, 0.005}))
                .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-15));
    }

    @Test
    void neverExceedsOneAndLeavesASingleTestUnchanged() {
        assertThat(Holm.correct(new double[] {0.6, 0.7})).containsExactly(1, 1);
        assertThat(Holm.correct(new double[] {0.2})).containsExactly(0.2);
        assertThat(Holm.correct(new double[0])).isEmpty();
        assertThatThrownBy(() -> Holm.correct(new double[] {Double.NaN})).hasMessageContaining("NaN");
    }
}
