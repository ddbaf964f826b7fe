// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AdamTest {
    @Test
    void followsPyTorch() {
        double[] parameters = {0.5, -1, 0, 2};
        Adam adam = new Adam(4, 0.01);
        for (int step = 0; step < 5; step++) {
            adam.update(parameters, new double[] {0.3 * (step + 1), -2.0 + step, 0, 1e-3});
        }
        // torch.optim.Adam(lr=0.01) of PyTorch 2.13 in double precision, the same five gradients.
        assertThat(parameters)
                .containsExactly(
                        new double[] {0.4514916913764645, -0.9719435550860741, 0, 1.950000499995}, within(1e-14));
    }
}
