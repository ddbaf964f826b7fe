// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sllmr.model.kernel.Kernels;

/** Bags whose equal rows were added together pool and back-propagate as those that hold each entry. */
class BagsTest {
    private static final int BAGS = 50;
    private static final int ROWS = 4;
    private static final int WIDTH = 6;

    private final Random random = new Random(11);
    private final Bags together = new Bags();
    private final Bags oneByOne = new Bags();

    private void fill() {
        for (int bag = 0; bag < BAGS; bag++) {
            int count = random.nextInt(30);
            for (int i = 0; i < count; i++) {
                int row = random.nextInt(ROWS);
                float scale = (float) random.nextGaussian() / count;
                together.addTogether(row, scale);
                oneByOne.add(row, scale);
            }
            together.end();
            oneByOne.end();
        }
    }

    @Test
    void aBagNamesARowOnce() {
        fill();
        for (int bag = 0; bag < BAGS; bag++) {
            int[] seen = new int[ROWS];
            for (int e = together.from(bag); e < together.to(bag); e++) {
                seen[together.rows()[e]]++;
            }
            assertThat(Arrays.stream(seen).max().orElse(0)).isLessThanOrEqualTo(1);
        }
        assertThat(together.entries()).isLessThan(oneByOne.entries());
    }

    @Test
    void sumsAndDerivativesAreThoseOfAllEntries() {
        fill();
        float[] table = new float[ROWS * WIDTH];
        for (int i = 0; i < table.length; i++) {
            table[i] = (float) random.nextGaussian();
        }
        Kernels kernels = Kernels.fastest();
        float[] moved = new float[table.length];
        double[] expectedMoved = new double[table.length];
        for (int bag = 0; bag < BAGS; bag++) {
            float[] pooled = new float[WIDTH];
            int from = together.from(bag);
            int to = together.to(bag);
            kernels.gather(table, WIDTH, together.rows(), together.scales(), from, to, pooled, 0, WIDTH);
            kernels.scatter(pooled, 0, WIDTH, together.rows(), together.scales(), from, to, moved, WIDTH);
            double[] expected = new double[WIDTH];
            for (int e = oneByOne.from(bag); e < oneByOne.to(bag); e++) {
                for (int d = 0; d < WIDTH; d++) {
                    expected[d] += oneByOne.scales()[e] * (double) table[oneByOne.rows()[e] * WIDTH + d];
                }
            }
            for (int d = 0; d < WIDTH; d++) {
                assertThat((double) pooled[d]).isCloseTo(expected[d], within(1e-6));
                for (int e = oneByOne.from(bag); e < oneByOne.to(bag); e++) {
                    expectedMoved[oneByOne.rows()[e] * WIDTH + d] += oneByOne.scales()[e] * expected[d];
                }
            }
        }
        for (int i = 0; i < moved.length; i++) {
            assertThat((double) moved[i]).isCloseTo(expectedMoved[i], within(1e-5));
        }
    }
}
