// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.kernel;

import java.util.Arrays;

/** Plain loops: what runs without the vector module, and what the SIMD loops are tested against. */
final class PlainMatrixKernels extends MatrixKernels {
    private static final int WIDTH = 32;

    @Override
    public int width() {
        return WIDTH;
    }

    @Override
    public void multiply(
            float[] a,
            int aAt,
            float[] b,
            int bAt,
            int bStep,
            float[] c,
            int cAt,
            int cStep,
            int rows,
            int depth,
            boolean add) {
        for (int r = 0; r < rows; r++) {
            int to = cAt + r * cStep;
            if (!add) {
                Arrays.fill(c, to, to + WIDTH, 0);
            }
            for (int k = 0; k < depth; k++) {
                float scale = a[aAt + panel(r, k, depth)];
                int from = bAt + k * bStep;
                for (int j = 0; j < WIDTH; j++) {
                    c[to + j] = Math.fma(scale, b[from + j], c[to + j]);
                }
            }
        }
    }

    @Override
    public void pairs(float[] left, int leftAt, float[] right, int rightAt, float[] target, int at, int rows) {
        for (int i = 0; i < rows * WIDTH; i++) {
            target[at + i] = left[leftAt + i % WIDTH] * right[rightAt + i];
        }
    }

    @Override
    public void pairsGradient(
            float[] gradient,
            int at,
            float[] left,
            float[] leftGradient,
            int leftAt,
            float[] right,
            int rightAt,
            float[] rightGradient,
            int rightGradientAt,
            int rows) {
        for (int i = 0; i < rows * WIDTH; i++) {
            int j = leftAt + i % WIDTH;
            float g = gradient[at + i];
            leftGradient[j] = Math.fma(g, right[rightAt + i], leftGradient[j]);
            rightGradient[rightGradientAt + i] = Math.fma(g, left[j], rightGradient[rightGradientAt + i]);
        }
    }

    @Override
    public void transposedPairs(
            float[] left,
            int leftAt,
            float[] right,
            int rightAt,
            int rightStep,
            float[] target,
            int at,
            int step,
            int rows) {
        for (int j = 0; j < WIDTH; j++) {
            for (int r = 0; r < rows; r++) {
                target[at + j * step + r] = left[leftAt + j] * right[rightAt + j * rightStep + r];
            }
        }
    }

    @Override
    public void rectify(float[] x, int at, int length) {
        for (int i = at; i < at + length; i++) {
            x[i] = Math.max(x[i], 0);
        }
    }

    @Override
    public float largest(float[] x, int at, int step, int rows) {
        float largest = 0;
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < width(); j++) {
                largest = Math.max(largest, x[at + r * step + j]);
            }
        }
        return largest;
    }

    @Override
    public void rectifyGradient(float[] y, int yAt, float[] gradient, int at, int length) {
        for (int i = 0; i < length; i++) {
            gradient[at + i] = y[yAt + i] == 0 ? 0 : gradient[at + i];
        }
    }
}
