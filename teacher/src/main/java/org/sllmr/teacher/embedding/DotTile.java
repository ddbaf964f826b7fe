// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.embedding;

/**
 * Up to {@value #WIDTH} vectors side by side, dimension by dimension, so that one vector is multiplied with all of them
 * at once.
 *
 * <p>The compiler turns the inner loop into vector instructions across the columns, while each column's sum runs
 * through the dimensions in order and without fused multiply-adds. So a dot product has the same bits whatever stands
 * beside it and on every processor. Not for use by several threads while columns are set; reading is.
 */
final class DotTile {
    /** Most columns: 256 columns of 384 dimensions fit into a second-level cache. */
    static final int WIDTH = 256;

    private final int dimension;
    /** {@code [dimension, rounded up to 4][WIDTH]}; separate rows are what the compiler needs to see no overlap. */
    private final float[][] rows;

    DotTile(int dimension) {
        this.dimension = dimension;
        this.rows = new float[(dimension + 3) / 4 * 4][WIDTH];
    }

    /** Sets a column to the vector at {@code values[at...]}. */
    void set(int column, float[] values, int at) {
        for (int d = 0; d < dimension; d++) {
            rows[d][column] = values[at + d];
        }
    }

    /** Writes the dot products of {@code vector[at...]} with the first {@code columns} columns to {@code target}. */
    void dot(float[] vector, int at, int columns, float[] target) {
        for (int column = 0; column < columns; column++) {
            target[column] = 0;
        }
        int whole = dimension / 4 * 4;
        for (int d = 0; d < whole; d += 4) {
            add(
                    target,
                    columns,
                    rows[d],
                    rows[d + 1],
                    rows[d + 2],
                    rows[d + 3],
                    vector[at + d],
                    vector[at + d + 1],
                    vector[at + d + 2],
                    vector[at + d + 3]);
        }
        if (whole < dimension) {
            float[] last = new float[4];
            System.arraycopy(vector, at + whole, last, 0, dimension - whole);
            add(
                    target,
                    columns,
                    rows[whole],
                    rows[whole + 1],
                    rows[whole + 2],
                    rows[whole + 3],
                    last[0],
                    last[1],
                    last[2],
                    last[3]);
        }
    }

    private static void add(
            float[] target,
            int columns,
            float[] first,
            float[] second,
            float[] third,
            float[] fourth,
            float a,
            float b,
            float c,
            float d) {
        for (int i = 0; i < columns; i++) {
            target[i] = target[i] + a * first[i] + b * second[i] + c * third[i] + d * fourth[i];
        }
    }
}
