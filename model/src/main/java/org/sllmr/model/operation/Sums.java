// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

/** Sums over vectors, in their order, and the transposition that products over vectors need. */
final class Sums {
    private static final ThreadLocal<float[]> SCRATCH = ThreadLocal.withInitial(() -> new float[0]);

    private Sums() {}

    /** {@code target[at + j] += sum over vectors of x[vector][j]} for {@code from <= j < to}. */
    static void addColumns(float[] x, int vectors, int width, int from, int to, float[] target, int at) {
        for (int vector = 0; vector < vectors; vector++) {
            int row = vector * width;
            for (int j = from; j < to; j++) {
                target[at + j] += x[row + j];
            }
        }
    }

    /** Columns {@code [from, to)} as rows: {@code [to - from, vectors]}, in memory of the calling thread. */
    static float[] transpose(float[] x, int vectors, int width, int from, int to) {
        float[] target = SCRATCH.get();
        int size = (to - from) * vectors;
        if (target.length < size) {
            target = new float[size];
            SCRATCH.set(target);
        }
        int vector = 0;
        for (; vector + 4 <= vectors; vector += 4) {
            int row0 = vector * width;
            int row1 = row0 + width;
            int row2 = row1 + width;
            int row3 = row2 + width;
            int at = vector;
            for (int j = from; j < to; j++) {
                target[at] = x[row0 + j];
                target[at + 1] = x[row1 + j];
                target[at + 2] = x[row2 + j];
                target[at + 3] = x[row3 + j];
                at += vectors;
            }
        }
        for (; vector < vectors; vector++) {
            for (int j = from; j < to; j++) {
                target[(j - from) * vectors + vector] = x[vector * width + j];
            }
        }
        return target;
    }
}
