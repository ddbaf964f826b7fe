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

    /** Vectors that share a pass over the tile: so many sums and factors stay in registers. */
    private static final int TOGETHER = 4;

    /** Dimensions of a pass of {@link #dots}: their part of the tile stays in the caches nearest to the processor. */
    private static final int PASS = 64;

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

    /**
     * Writes the dot products of many vectors with all columns, with the bits of {@link #dot(float[], int, int,
     * float[])}; faster, because several vectors share each value of the tile.
     *
     * @param vectors index of each vector's first value
     * @param from first of the vectors
     * @param to end of the vectors
     * @param targets of the vectors by the same index, each {@code [WIDTH]}; undefined beyond the columns that are set
     */
    void dots(float[] values, int[] vectors, int from, int to, float[][] targets) {
        int end = from + (to - from) / TOGETHER * TOGETHER;
        for (int vector = from; vector < end; vector++) {
            Arrays.fill(targets[vector], 0);
        }
        int even = dimension / 2 * 2;
        for (int start = 0; start < even; start += PASS) {
            int stop = Math.min(even, start + PASS);
            for (int vector = from; vector < end; vector += TOGETHER) {
                addFour(values, vectors, vector, start, stop, targets);
            }
        }
        for (int vector = from; vector < end && even < dimension; vector++) {
            addWide(targets[vector], rows[even], values[vectors[vector] + even]);
        }
        for (int vector = end; vector < to; vector++) {
            dot(values, vectors[vector], WIDTH, targets[vector]);
        }
    }

    private void addFour(float[] values, int[] vectors, int vector, int start, int stop, float[][] targets) {
        int a = vectors[vector];
        int b = vectors[vector + 1];
        int c = vectors[vector + 2];
        int d = vectors[vector + 3];
        float[] first = targets[vector];
        float[] second = targets[vector + 1];
        float[] third = targets[vector + 2];
        float[] fourth = targets[vector + 3];
        for (int at = start; at < stop; at += 2) {
            addFour(
                    first,
                    second,
                    third,
                    fourth,
                    rows[at],
                    rows[at + 1],
                    values[a + at],
                    values[a + at + 1],
                    values[b + at],
                    values[b + at + 1],
                    values[c + at],
                    values[c + at + 1],
                    values[d + at],
                    values[d + at + 1]);
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

    /** Adds two dimensions of four vectors: {@code a0} is the first vector's value in the first of them. */
    private static void addFour(
            float[] first,
            float[] second,
            float[] third,
            float[] fourth,
            float[] row0,
            float[] row1,
            float a0,
            float a1,
            float b0,
            float b1,
            float c0,
            float c1,
            float d0,
            float d1) {
        for (int i = 0; i < WIDTH; i++) {
            float value0 = row0[i];
            float value1 = row1[i];
            first[i] = first[i] + a0 * value0 + a1 * value1;
            second[i] = second[i] + b0 * value0 + b1 * value1;
            third[i] = third[i] + c0 * value0 + c1 * value1;
            fourth[i] = fourth[i] + d0 * value0 + d1 * value1;
        }
    }

    private static void addWide(float[] target, float[] row, float factor) {
        for (int i = 0; i < WIDTH; i++) {
            target[i] = target[i] + factor * row[i];
        }
    }
}
