// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.kernel;

import java.util.Arrays;

/** Plain Java loops; also the definition that the SIMD loops are tested against. */
final class PlainProducts extends Products {
    private static final int WIDTH = 32;

    @Override
    public String name() {
        return Simd.PLAIN;
    }

    @Override
    int width() {
        return WIDTH;
    }

    @Override
    void strip(
            float[] a,
            int aAt,
            int aStep,
            float[] b,
            int bAt,
            int bStep,
            float[] c,
            int cAt,
            int cStep,
            int rows,
            int depth,
            int columns,
            boolean add) {
        for (int r = 0; r < rows; r++) {
            int to = cAt + r * cStep;
            if (!add) {
                Arrays.fill(c, to, to + columns, 0);
            }
            for (int k = 0; k < depth; k++) {
                addScaled(a[aAt + r * aStep + k], b, bAt + k * bStep, c, to, columns);
            }
        }
    }

    @Override
    int nonzero(float[] x, int at, int next, int length, int[] found) {
        int count = 0;
        for (int i = 0; i < length; i++) {
            if (x[at + i] != 0 || x[next + i] != 0) {
                found[count++] = i;
            }
        }
        return count;
    }

    @Override
    void sparse(
            float[] a,
            int row,
            int next,
            int[] read,
            int count,
            float[] b,
            int bAt,
            int bStep,
            float[] c,
            int to,
            int nextTo,
            int columns,
            boolean add) {
        sparseRow(a, row, read, count, b, bAt, bStep, c, to, columns, add);
        if (next != row) {
            sparseRow(a, next, read, count, b, bAt, bStep, c, nextTo, columns, add);
        }
    }

    private void sparseRow(
            float[] a,
            int row,
            int[] read,
            int count,
            float[] b,
            int bAt,
            int bStep,
            float[] c,
            int to,
            int columns,
            boolean add) {
        if (!add) {
            Arrays.fill(c, to, to + columns, 0);
        }
        for (int i = 0; i < count; i++) {
            addScaled(a[row + read[i]], b, bAt + read[i] * bStep, c, to, columns);
        }
    }

    @Override
    void each(float[] a, int aAt, float[] b, int bAt, int bStep, float[] c, int cAt, int rows, int depth, int columns) {
        for (int r = 0; r < rows; r++) {
            strip(
                    a,
                    aAt + r * depth,
                    depth,
                    b,
                    bAt + r * bStep,
                    columns,
                    c,
                    cAt + r * columns,
                    columns,
                    1,
                    depth,
                    columns,
                    false);
        }
    }

    @Override
    public float dot(float[] x, int xAt, float[] y, int yAt, int length) {
        float[] chains = new float[CHAINS];
        int whole = length / CHAINS * CHAINS;
        for (int i = 0; i < whole; i++) {
            chains[i % CHAINS] = Math.fma(x[xAt + i], y[yAt + i], chains[i % CHAINS]);
        }
        for (int half = CHAINS / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                chains[i] += chains[i + half];
            }
        }
        float rest = 0;
        for (int i = whole; i < length; i++) {
            rest = Math.fma(x[xAt + i], y[yAt + i], rest);
        }
        return chains[0] + rest;
    }

    @Override
    public void addScaled(float factor, float[] source, int from, float[] target, int to, int length) {
        for (int i = 0; i < length; i++) {
            target[to + i] = Math.fma(factor, source[from + i], target[to + i]);
        }
    }
}
