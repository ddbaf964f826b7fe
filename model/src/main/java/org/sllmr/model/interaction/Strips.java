// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.interaction;

import java.util.Arrays;

/**
 * The elements of some rows of a batch as columns of matrices, a fixed number of columns at a time.
 *
 * <p>Every element of the embeddings is crossed by itself, so row and element together make a column. The last strip is
 * filled up with zeros.
 *
 * @param shape of the network
 * @param firstRow first row
 * @param rows number of rows
 * @param width columns of a strip
 */
record Strips(InteractionShape shape, int firstRow, int rows, int width) {
    /** Parts of a batch that can be worked on at the same time: the same on any machine, so that sums have the same bits. */
    private static final int PARTS = 8;

    static int rowsOfPart(int rows) {
        return (rows + PARTS - 1) / PARTS;
    }

    static int parts(int rows) {
        int each = rowsOfPart(rows);
        return rows == 0 ? 0 : (rows + each - 1) / each;
    }

    /** Rows of a part. */
    static Strips part(InteractionShape shape, int rows, int width, int part) {
        int each = rowsOfPart(rows);
        return new Strips(shape, part * each, Math.min(each, rows - part * each), width);
    }

    int columns() {
        return rows * shape.dimension();
    }

    /** Number of strips. */
    int count() {
        return (columns() + width - 1) / width;
    }

    /** Columns of a strip that are not padding. */
    int used(int strip) {
        return Math.min(width, columns() - strip * width);
    }

    /** What is done with the columns of a strip that belong to one row. */
    @FunctionalInterface
    interface Run {
        /**
         * Takes columns.
         *
         * @param row row of the batch
         * @param element first element
         * @param column its column in the strip
         * @param length number of columns
         */
        void take(int row, int element, int column, int length);
    }

    /** Visits the rows of a strip. */
    void runs(int strip, Run run) {
        int dimension = shape.dimension();
        int end = strip * width + used(strip);
        int at = strip * width;
        while (at < end) {
            int element = at % dimension;
            int length = Math.min(dimension - element, end - at);
            run.take(firstRow + at / dimension, element, at - strip * width, length);
            at += length;
        }
    }

    /** Copies the fields {@code x [rows, fields * dimension]} to a strip of them. */
    void read(float[] x, int strip, float[] target, int to) {
        int dimension = shape.dimension();
        int fields = shape.fields();
        if (used(strip) < width) {
            Arrays.fill(target, to, to + fields * width, 0);
        }
        runs(strip, (row, element, column, length) -> {
            for (int field = 0; field < fields; field++) {
                System.arraycopy(
                        x, (row * fields + field) * dimension + element, target, to + field * width + column, length);
            }
        });
    }

    /** Copies a strip of the fields back. */
    void write(float[] source, int from, int strip, float[] x) {
        int dimension = shape.dimension();
        int fields = shape.fields();
        runs(strip, (row, element, column, length) -> {
            for (int field = 0; field < fields; field++) {
                System.arraycopy(
                        source, from + field * width + column, x, (row * fields + field) * dimension + element, length);
            }
        });
    }

    /** Adds the elements of the pooled maps up: {@code pooled[row * shape.width() + at + place of the map]}. */
    void pool(PairPlan plan, float[] maps, int from, int strip, float[] pooled, int at) {
        int pooledWidth = shape.width();
        int end = plan.maps();
        runs(strip, (row, element, column, length) -> {
            int to = row * pooledWidth + at;
            int first = from + column;
            int i = plan.firstPooled();
            // Four sums at a time, because one alone would wait for its own additions.
            for (; i <= end - 4; i += 4) {
                int source = first + i * width;
                int toA = to + plan.pooledPlace(i);
                int toB = to + plan.pooledPlace(i + 1);
                int toC = to + plan.pooledPlace(i + 2);
                int toD = to + plan.pooledPlace(i + 3);
                float a = pooled[toA];
                float b = pooled[toB];
                float c = pooled[toC];
                float d = pooled[toD];
                for (int e = source; e < source + length; e++) {
                    a += maps[e];
                    b += maps[e + width];
                    c += maps[e + 2 * width];
                    d += maps[e + 3 * width];
                }
                pooled[toA] = a;
                pooled[toB] = b;
                pooled[toC] = c;
                pooled[toD] = d;
            }
            for (; i < end; i++) {
                float sum = pooled[to + plan.pooledPlace(i)];
                for (int e = 0; e < length; e++) {
                    sum += maps[first + i * width + e];
                }
                pooled[to + plan.pooledPlace(i)] = sum;
            }
        });
    }

    /** The gradient of {@link #pool}: each element gets that of its sum, and whatever is in the strip is replaced. */
    void unpool(PairPlan plan, float[] gradient, int at, int strip, float[] maps, int from) {
        int pooledWidth = shape.width();
        runs(strip, (row, element, column, length) -> {
            for (int i = plan.firstPooled(); i < plan.maps(); i++) {
                int to = from + i * width + column;
                Arrays.fill(maps, to, to + length, gradient[row * pooledWidth + at + plan.pooledPlace(i)]);
            }
        });
    }
}
