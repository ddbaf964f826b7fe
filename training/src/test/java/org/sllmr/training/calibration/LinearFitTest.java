// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.sllmr.data.Seed;

class LinearFitTest {
    @Test
    void recoversTheWeightsOfLinearData() {
        double[] truth = {2, -0.5, 0, 7};
        RandomGenerator random = new Seed(4).generator();
        double[][] rows = new double[500][truth.length];
        double[] values = new double[rows.length];
        for (int row = 0; row < rows.length; row++) {
            for (int feature = 0; feature < truth.length; feature++) {
                rows[row][feature] = random.nextGaussian();
                values[row] += truth[feature] * rows[row][feature];
            }
        }
        assertThat(LinearFit.fit(rows, values, 1e-9)).containsExactly(truth, within(1e-9));
        double[] shrunk = LinearFit.fit(rows, values, 500);
        assertThat(Math.abs(shrunk[3])).isBetween(1.0, 6.0);
    }

    @Test
    void aFeatureThatIsAlwaysZeroGetsNoWeight() {
        double[][] rows = {{1, 0}, {2, 0}, {3, 0}};
        double[] fitted = LinearFit.fit(rows, new double[] {1, 2, 3}, 1e-6);
        assertThat(fitted[0]).isEqualTo(1, within(1e-5));
        assertThat(fitted[1]).isZero();
    }
}
