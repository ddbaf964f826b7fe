// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class MatrixKernelsTest {
    private final MatrixKernels plain = MatrixKernels.plain();
    private final MatrixKernels fastest = MatrixKernels.fastest();
    private final int width = fastest.width();

    @Test
    void simdIsOnWhereTheModuleIsThere() {
        boolean there = SimdModule.isLoaded();
        assertThat(fastest instanceof PlainMatrixKernels).isEqualTo(!there);
        assertThat(plain.width() % width).isZero();
    }

    /** The plain loops are as wide as the widest registers, so a strip of theirs is one or more strips of the fast ones. */
    @RepeatedTest(20)
    void productsHaveTheSameBits(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int rows = MatrixKernels.ROWS * (1 + random.nextInt(9));
        int depth = random.nextInt(500);
        int columns = plain.width();
        float[] a = floats(random, 3 + MatrixKernels.panelsSize(rows, depth));
        float[] b = floats(random, 5 + (depth + 1) * (columns + 7));
        for (boolean add : new boolean[] {false, true}) {
            float[] expected = floats(random, 2 + rows * (columns + 1));
            float[] actual = expected.clone();
            plain.multiply(a, 3, b, 5, columns + 7, expected, 2, columns + 1, rows, depth, add);
            for (int j = 0; j < columns; j += width) {
                fastest.multiply(a, 3, b, 5 + j, columns + 7, actual, 2 + j, columns + 1, rows, depth, add);
            }
            assertThat(actual).isEqualTo(expected);
        }
    }

    @Test
    void aProductIsItsDefinition() {
        Random random = new Random(1);
        int rows = 28;
        int depth = 5;
        float[] a = floats(random, MatrixKernels.panelsSize(rows, depth));
        float[] b = floats(random, depth * width);
        float[] c = new float[rows * width];
        fastest.multiply(a, 0, b, 0, width, c, 0, width, rows, depth, false);
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < width; j++) {
                double sum = 0;
                for (int k = 0; k < depth; k++) {
                    sum += a[MatrixKernels.panel(r, k, depth)] * b[k * width + j];
                }
                assertThat((double) c[r * width + j]).isCloseTo(sum, within(1e-5));
            }
        }
    }

    @RepeatedTest(20)
    void pairsAndTheirGradientsAreTheirDefinition(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int rows = random.nextInt(20);
        float[] left = floats(random, width + 3);
        float[] right = floats(random, rows * width + 4);
        float[] target = new float[rows * width + 5];
        fastest.pairs(left, 3, right, 4, target, 5, rows);
        float[] gradient = floats(random, rows * width + 1);
        float[] leftGradient = floats(random, width + 3);
        float[] rightGradient = floats(random, rows * width + 2);
        float[] expectedLeft = leftGradient.clone();
        float[] expectedRight = rightGradient.clone();
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < width; j++) {
                int i = r * width + j;
                assertThat(target[5 + i]).isEqualTo(left[3 + j] * right[4 + i]);
                expectedLeft[3 + j] = Math.fma(gradient[1 + i], right[4 + i], expectedLeft[3 + j]);
                expectedRight[2 + i] = Math.fma(gradient[1 + i], left[3 + j], expectedRight[2 + i]);
            }
        }
        fastest.pairsGradient(gradient, 1, left, leftGradient, 3, right, 4, rightGradient, 2, rows);
        assertThat(leftGradient).isEqualTo(expectedLeft);
        assertThat(rightGradient).isEqualTo(expectedRight);
    }

    @RepeatedTest(20)
    void transposedPairsAreTheirDefinition(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int rows = 1 + random.nextInt(50);
        int step = rows + width;
        float[] left = floats(random, width + 1);
        float[] right = floats(random, (width + 1) * step);
        float[] target = new float[(width + 1) * step];
        fastest.transposedPairs(left, 1, right, 2, step, target, 3, step, rows);
        for (int j = 0; j < width; j++) {
            for (int r = 0; r < rows; r++) {
                assertThat(target[3 + j * step + r]).isEqualTo(left[1 + j] * right[2 + j * step + r]);
            }
        }
    }

    @RepeatedTest(10)
    void theLargestIsFoundInAnyPlace(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int rows = 1 + random.nextInt(5);
        int step = width + random.nextInt(40);
        float[] x = new float[3 + rows * step];
        assertThat(fastest.largest(x, 3, step, rows)).isZero();
        int place = 3 + random.nextInt(rows) * step + random.nextInt(width);
        x[place] = 2;
        x[2] = 9;
        assertThat(fastest.largest(x, 3, step, rows)).isEqualTo(2);
        x[place] = Float.NaN;
        assertThat(fastest.largest(x, 3, step, rows)).isNaN();
        assertThat(new PlainMatrixKernels().largest(new float[plain.width()], 0, 1, 1))
                .isZero();
    }

    @RepeatedTest(5)
    void rectifyingHasTheSameBits(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        float[] x = floats(random, 4 * plain.width());
        x[7] = 0;
        x[9] = -0f;
        float[] expected = x.clone();
        plain.rectify(expected, plain.width(), 2 * plain.width());
        fastest.rectify(x, plain.width(), 2 * plain.width());
        assertThat(x).isEqualTo(expected);
        float[] gradient = floats(random, x.length);
        float[] other = gradient.clone();
        plain.rectifyGradient(x, 0, gradient, 0, x.length);
        fastest.rectifyGradient(x, 0, other, 0, x.length);
        assertThat(other).isEqualTo(gradient);
    }

    private static float[] floats(Random random, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
