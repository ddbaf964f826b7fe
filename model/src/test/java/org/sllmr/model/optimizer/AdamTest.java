// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.model.kernel.Kernels;
import org.sllmr.model.optimizer.OptimizerSettings.Kind;
import org.sllmr.model.optimizer.OptimizerSettings.TableUpdates;

/** Trajectories recorded from torch.optim 2.13 (learning rate 0.01), which {@link #gradient} drives on both sides. */
class AdamTest {
    private static final int[] RECORDED = {1, 5, 12, 30};

    @Test
    void followsTorchAdam() {
        check(Kind.ADAM, 0.9, 0.999, 1e-8, 0, new float[][] {
            {0.49000001f, -0.24000001f, 1f, -1.99000001f},
            {0.456213713f, -0.204775289f, 1f, -1.99448907f},
            {0.398819387f, -0.1477568f, 1f, -1.99423432f},
            {0.228230312f, -0.00148242014f, 1f, -1.99419355f},
        });
    }

    @Test
    void followsTorchAdamWithCoupledWeightDecay() {
        check(Kind.ADAM, 0.9, 0.999, 1e-8, 0.1, new float[][] {
            {0.49000001f, -0.239999995f, 0.99000001f, -1.99000001f},
            {0.453886688f, -0.202276126f, 0.950046182f, -1.95033395f},
            {0.393779844f, -0.139477417f, 0.88059634f, -1.88086927f},
            {0.221088707f, 0.00911404751f, 0.708681166f, -1.7052803f},
        });
    }

    @Test
    void followsTorchAdamW() {
        check(Kind.ADAMW, 0.9, 0.999, 1e-8, 0.1, new float[][] {
            {0.489500016f, -0.239750013f, 0.999000013f, -1.98800004f},
            {0.453810573f, -0.203621686f, 0.995010078f, -1.98454309f},
            {0.393417895f, -0.145352811f, 0.988065958f, -1.97044551f},
            {0.21720843f, 0.00227555633f, 0.970431268f, -1.93524957f},
        });
    }

    @Test
    void followsTorchAdamWithOtherConstants() {
        check(Kind.ADAM, 0.8, 0.99, 1e-3, 1e-2, new float[][] {
            {0.490094334f, -0.240186915f, 0.9909091f, -1.99024391f},
            {0.455131829f, -0.205768272f, 0.95465827f, -1.96459162f},
            {0.392011434f, -0.150323242f, 0.892080903f, -1.91355526f},
            {0.196992755f, -0.00808675215f, 0.739934862f, -1.78558648f},
        });
    }

    @Test
    void everyMistakeIsNamed() {
        assertThatThrownBy(() -> new OptimizerSettings(Kind.ADAM, TableUpdates.DENSE, 0, 1, 0.5, 1e-8, -1, 0, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("learningRate")
                .hasMessageContaining("beta1")
                .hasMessageContaining("tableWeightDecay");
    }

    private static float gradient(int step, int element) {
        if (step % 3 == 0) {
            return 0;
        }
        return switch (element) {
            case 0 -> 0.1f * step;
            case 1 -> -0.05f;
            case 2 -> 0;
            default -> step % 2 == 0 ? 0.02f : -0.02f;
        };
    }

    private static void check(Kind kind, double beta1, double beta2, double epsilon, double decay, float[][] recorded) {
        OptimizerSettings settings =
                new OptimizerSettings(kind, TableUpdates.DENSE, 0.01, beta1, beta2, epsilon, decay, decay, 0);
        for (Kernels kernels : new Kernels[] {Kernels.plain(), Kernels.fastest()}) {
            AdamSchedule schedule = new AdamSchedule(settings, decay);
            int size = Math.max(4, kernels.lanes());
            float[] weights = new float[size];
            System.arraycopy(new float[] {0.5f, -0.25f, 1, -2}, 0, weights, 0, 4);
            float[] first = new float[size];
            float[] second = new float[size];
            int next = 0;
            for (int step = 1; step <= 30; step++) {
                float[] gradients = new float[size];
                for (int element = 0; element < 4; element++) {
                    gradients[element] = gradient(step, element);
                }
                int number = schedule.begin(0.01);
                AdamSchedule.Columns columns = schedule.columns();
                kernels.adam(
                        schedule.constants(),
                        weights,
                        first,
                        second,
                        0,
                        gradients,
                        0,
                        size,
                        columns.stepSizes()[number],
                        columns.inverseRoots()[number],
                        columns.shrinks()[number]);
                if (step == RECORDED[next]) {
                    for (int element = 0; element < 4; element++) {
                        assertThat(weights[element]).isCloseTo(recorded[next][element], within(2e-6f));
                    }
                    next++;
                }
                if (next == RECORDED.length) {
                    break;
                }
            }
            assertThat(next).isEqualTo(RECORDED.length);
        }
    }
}
