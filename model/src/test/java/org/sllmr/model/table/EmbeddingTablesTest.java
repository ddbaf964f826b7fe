// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Seed;
import org.sllmr.model.initialization.Initialization;
import org.sllmr.model.kernel.Kernels;
import org.sllmr.model.optimizer.AdamSchedule;
import org.sllmr.model.optimizer.OptimizerSettings;
import org.sllmr.model.optimizer.OptimizerSettings.Kind;
import org.sllmr.model.optimizer.OptimizerSettings.TableUpdates;
import org.sllmr.model.schema.Table;

class EmbeddingTablesTest {
    private static final int ROWS = 57;

    @ParameterizedTest
    @CsvSource({"ADAM,0.01,5", "ADAM,0,33", "ADAMW,0.05,32", "ADAMW,0,1", "ADAM,0.0001,48"})
    void lateDenseStepsHaveTheBitsOfASweep(Kind kind, double decay, int width) {
        Random random = new Random(width);
        OptimizerSettings settings =
                new OptimizerSettings(kind, TableUpdates.DENSE, 0.01, 0.9, 0.999, 1e-8, decay, 0, 0);
        AdamSchedule schedule = new AdamSchedule(settings, decay);
        EmbeddingTables late = tables(Kernels.fastest(), schedule, TableUpdates.DENSE, width);
        // The judge: plain loops over the whole table at every step.
        float[] weights = late.copy();
        float[] first = new float[weights.length];
        float[] second = new float[weights.length];

        for (int step = 0; step < 200; step++) {
            int[] touched = random.ints(0, ROWS / 2)
                    .distinct()
                    .limit(1 + random.nextInt(6))
                    .toArray();
            float[] gradients = new float[touched.length * late.stride()];
            float[] dense = new float[weights.length];
            for (int slot = 0; slot < touched.length; slot++) {
                for (int d = 0; d < width; d++) {
                    float value = (float) random.nextGaussian();
                    gradients[slot * late.stride() + d] = value;
                    dense[touched[slot] * width + d] = value;
                }
            }
            for (int row : touched) {
                // In two parts, as when a preparing thread and then the training thread catch up.
                late.catchUp(row, Math.max(0, step - random.nextInt(3)));
                late.catchUp(row, step);
            }
            double rate = step < 100 ? 0.01 : 0.003;
            assertThat(schedule.begin(rate)).isEqualTo(step);
            late.update(touched, touched.length, gradients, step);
            AdamSchedule.Columns columns = schedule.columns();
            Kernels.plain()
                    .adam(
                            schedule.constants(),
                            weights,
                            first,
                            second,
                            0,
                            dense,
                            0,
                            weights.length,
                            columns.stepSizes()[step],
                            columns.inverseRoots()[step],
                            columns.shrinks()[step]);
            if (step % 67 == 0) {
                late.catchUpAll();
                assertThat(late.copy()).isEqualTo(weights);
            }
        }
        late.catchUpAll();
        assertThat(late.copy()).isEqualTo(weights);
    }

    @org.junit.jupiter.api.Test
    void sparseStepsMoveOnlyTouchedRows() {
        OptimizerSettings settings =
                new OptimizerSettings(Kind.ADAM, TableUpdates.SPARSE, 0.01, 0.9, 0.999, 1e-8, 0.1, 0, 0);
        AdamSchedule schedule = new AdamSchedule(settings, 0.1);
        EmbeddingTables tables = tables(Kernels.fastest(), schedule, TableUpdates.SPARSE, 7);
        float[] before = tables.copy();
        for (int step = 0; step < 10; step++) {
            float[] gradients = new float[2 * tables.stride()];
            Arrays.fill(gradients, 0, 7, 1);
            schedule.begin(0.01);
            tables.update(new int[] {4, 9}, 2, gradients, step);
        }
        tables.catchUpAll();
        float[] after = tables.copy();
        for (int row = 0; row < ROWS; row++) {
            boolean moved = !Arrays.equals(before, row * 7, row * 7 + 7, after, row * 7, row * 7 + 7);
            assertThat(moved).isEqualTo(row == 4 || row == 9);
        }
    }

    private static EmbeddingTables tables(Kernels kernels, AdamSchedule schedule, TableUpdates updates, int width) {
        EmbeddingTables tables = new EmbeddingTables(kernels, schedule, updates, ROWS, width);
        tables.initialize(new Table("a", 0, 30), 0, width, new Initialization.Normal(0.1), new Seed(5));
        tables.initialize(new Table("b", 31, 25), 0, width, new Initialization.XavierUniform(), new Seed(5));
        return tables;
    }

    @Test
    void tablesThatNoArrayHoldsAreRefusedBeforeTraining() {
        Kernels kernels = Kernels.fastest();
        OptimizerSettings settings = OptimizerSettings.defaults();
        assertThatThrownBy(() -> new EmbeddingTables(
                        kernels, new AdamSchedule(settings, 0), OptimizerSettings.TableUpdates.DENSE, 1 << 26, 64))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("model.embeddingDimension: there would be 4294967296 floats")
                .hasMessageContaining("67108864 rows of 64")
                .hasMessageContaining("at most 2147483639 are possible");
    }
}
