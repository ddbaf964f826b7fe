// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.vector;

import java.util.Arrays;

/**
 * Up to {@value #WIDTH} vectors, stored by dimension, so that a vector is multiplied with all of them at once.
 *
 * <p>The compiler turns the inner loop into vector instructions across columns; each column's sum adds the dimensions
 * in order, without fused multiply-adds. So a dot product has the same bits on every processor and beside any other
 * columns. Reading is thread-safe, setting columns is not.
 */
final class DotTile {
    /** Maximum number of columns: 256 columns of 384 dimensions fit into a second-level cache. */
    static final int WIDTH = 256;

    private static final int NARROW = 64;

    private final int dimension;
    /** {@code [dimension, rounded up to 4][WIDTH]}; separate rows show the compiler that they do not overlap. */
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

    /**
     * Writes the dot products of {@code vector[at...]} with the first {@code columns} columns.
     *
     * @param target {@code [WIDTH]}; values beyond the columns are undefined afterwards
     */
    void dot(float[] vector, int at, int columns, float[] target) {
        Arrays.fill(target, 0, columns > NARROW ? WIDTH : NARROW, 0);
        for (int d = 0; d < rows.length; d += 4) {
            float first = vector[at + d];
            float second = d + 1 < dimension ? vector[at + d + 1] : 0;
            float third = d + 2 < dimension ? vector[at + d + 2] : 0;
            float fourth = d + 3 < dimension ? vector[at + d + 3] : 0;
            if (columns > NARROW) {
                addWide(target, rows[d], rows[d + 1], rows[d + 2], rows[d + 3], first, second, third, fourth);
            } else {
                addNarrow(target, rows[d], rows[d + 1], rows[d + 2], rows[d + 3], first, second, third, fourth);
            }
        }
    }

    /** The dot product of two vectors, with the same bits as a tile's. */
    static float dot(float[] values, int first, int second, int dimension) {
        float sum = 0;
        for (int d = 0; d < dimension; d++) {
            sum += values[first + d] * values[second + d];
        }
        return sum;
    }

    // The same loop twice, with constant lengths. With a variable length the compiler optimizes for what it saw first:
    // after a few narrow tiles, wide ones never get vector instructions and are 4 times slower.

    private static void addWide(
            float[] target,
            float[] first,
            float[] second,
            float[] third,
            float[] fourth,
            float a,
            float b,
            float c,
            float d) {
        for (int i = 0; i < WIDTH; i++) {
            target[i] = target[i] + a * first[i] + b * second[i] + c * third[i] + d * fourth[i];
        }
    }

    private static void addNarrow(
            float[] target,
            float[] first,
            float[] second,
            float[] third,
            float[] fourth,
            float a,
            float b,
            float c,
            float d) {
        for (int i = 0; i < NARROW; i++) {
            target[i] = target[i] + a * first[i] + b * second[i] + c * third[i] + d * fourth[i];
        }
    }
}
