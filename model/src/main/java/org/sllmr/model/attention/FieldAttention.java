// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.attention;

import org.jspecify.annotations.Nullable;
import org.sllmr.model.kernel.Kernels;
import org.sllmr.model.kernel.Parallel;

/**
 * Attention of each field of a row to all of its fields, with softmax and dropout on the weights, and its gradient.
 *
 * <p>The matrices are as small as the number of fields, so a tensor operation over all of them is mostly overhead. Here a
 * row stays in cache from its first product to its last. To the kernels, queries, keys and values are rows of one table,
 * {@code size} floats each: the query, key or value of one field in one head.
 *
 * @param kernels weighted sums of table rows
 * @param fields number of fields
 * @param heads number of heads
 * @param size floats of a query, key or value in one head
 * @param scale factor of the products of queries and keys
 */
public record FieldAttention(Kernels kernels, int fields, int heads, int size, float scale) {
    /** Rows of a part of the batch that a thread takes. */
    private static final int PART = 16;

    private static final int QUERY = 0;
    private static final int KEY = 1;
    private static final int VALUE = 2;

    /** Number of attention weights of that many rows. */
    public int weights(int rows) {
        return Math.multiplyExact(rows, heads * fields * fields);
    }

    /** Table rows of the queries, keys or values of a head, one a field. */
    private void places(int row, int head, int kind, int[] places) {
        for (int field = 0; field < fields; field++) {
            places[field] = ((row * fields + field) * 3 + kind) * heads + head;
        }
    }

    private static int parts(int rows) {
        return (rows + PART - 1) / PART;
    }

    /**
     * Attends.
     *
     * @param inputs queries, keys and values {@code [rows, fields, 3, heads, size]}
     * @param factors dropout factors of the weights, {@code [rows, heads, fields, fields]}; null for none
     * @param weights receives the weights before dropout, {@code [rows, heads, fields, fields]}
     * @param parallel runs parts of the batch
     * @return {@code [rows, fields, heads, size]}
     */
    public float[] forward(float[] inputs, int rows, float @Nullable [] factors, float[] weights, Parallel parallel) {
        float[] outputs = new float[inputs.length / 3];
        parallel.run(parts(rows), part -> {
            int[] queries = new int[fields];
            int[] keys = new int[fields];
            int[] values = new int[fields];
            float[] kept = new float[fields];
            for (int row = part * PART; row < Math.min(rows, (part + 1) * PART); row++) {
                for (int head = 0; head < heads; head++) {
                    places(row, head, QUERY, queries);
                    places(row, head, KEY, keys);
                    places(row, head, VALUE, values);
                    for (int field = 0; field < fields; field++) {
                        int at = ((row * heads + head) * fields + field) * fields;
                        dots(inputs, queries[field] * size, inputs, keys, weights, at);
                        softmax(weights, at);
                        drop(weights, at, factors, kept);
                        int to = ((row * fields + field) * heads + head) * size;
                        kernels.gather(inputs, size, values, kept, 0, fields, outputs, to, size);
                    }
                }
            }
        });
        return outputs;
    }

    /** {@code target[at + j] = vector . table row places[j]}, each summed up in order. */
    private void dots(float[] vector, int from, float[] table, int[] places, float[] target, int at) {
        int j = 0;
        // Four sums at a time, because one alone would wait for its own additions.
        for (; j <= fields - 4; j += 4) {
            int p0 = places[j] * size;
            int p1 = places[j + 1] * size;
            int p2 = places[j + 2] * size;
            int p3 = places[j + 3] * size;
            float s0 = 0;
            float s1 = 0;
            float s2 = 0;
            float s3 = 0;
            for (int d = 0; d < size; d++) {
                float value = vector[from + d];
                s0 += value * table[p0 + d];
                s1 += value * table[p1 + d];
                s2 += value * table[p2 + d];
                s3 += value * table[p3 + d];
            }
            target[at + j] = s0;
            target[at + j + 1] = s1;
            target[at + j + 2] = s2;
            target[at + j + 3] = s3;
        }
        for (; j < fields; j++) {
            float sum = 0;
            for (int d = 0; d < size; d++) {
                sum += vector[from + d] * table[places[j] * size + d];
            }
            target[at + j] = sum;
        }
    }

    private void softmax(float[] weights, int at) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int j = at; j < at + fields; j++) {
            weights[j] *= scale;
            largest = Math.max(largest, weights[j]);
        }
        float sum = 0;
        for (int j = at; j < at + fields; j++) {
            weights[j] = (float) Math.exp(weights[j] - largest);
            sum += weights[j];
        }
        for (int j = at; j < at + fields; j++) {
            weights[j] /= sum;
        }
    }

    private void drop(float[] weights, int at, float @Nullable [] factors, float[] kept) {
        for (int j = 0; j < fields; j++) {
            kept[j] = factors == null ? weights[at + j] : weights[at + j] * factors[at + j];
        }
    }

    /**
     * The derivative by the inputs of {@link #forward}.
     *
     * @param inputs those of the forward pass
     * @param factors those of the forward pass
     * @param weights what it left there
     * @param outputs derivative by what it returned
     * @return derivative by the inputs
     */
    public float[] backward(
            float[] inputs, int rows, float @Nullable [] factors, float[] weights, float[] outputs, Parallel parallel) {
        float[] gradients = new float[inputs.length];
        parallel.run(parts(rows), part -> {
            int[] queries = new int[fields];
            int[] keys = new int[fields];
            int[] values = new int[fields];
            float[] kept = new float[fields];
            float[] slopes = new float[fields];
            for (int row = part * PART; row < Math.min(rows, (part + 1) * PART); row++) {
                for (int head = 0; head < heads; head++) {
                    places(row, head, QUERY, queries);
                    places(row, head, KEY, keys);
                    places(row, head, VALUE, values);
                    for (int field = 0; field < fields; field++) {
                        int at = ((row * heads + head) * fields + field) * fields;
                        int from = ((row * fields + field) * heads + head) * size;
                        drop(weights, at, factors, kept);
                        kernels.scatter(outputs, from, size, values, kept, 0, fields, gradients, size);
                        dots(outputs, from, inputs, values, slopes, 0);
                        softmaxGradient(weights, at, factors, slopes);
                        int query = queries[field] * size;
                        kernels.gather(inputs, size, keys, slopes, 0, fields, gradients, query, size);
                        kernels.scatter(inputs, query, size, keys, slopes, 0, fields, gradients, size);
                    }
                }
            }
        });
        return gradients;
    }

    /** From derivatives by weights after dropout to derivatives by products of queries and keys. */
    private void softmaxGradient(float[] weights, int at, float @Nullable [] factors, float[] slopes) {
        float mean = 0;
        for (int j = 0; j < fields; j++) {
            slopes[j] = factors == null ? slopes[j] : slopes[j] * factors[at + j];
            mean += weights[at + j] * slopes[j];
        }
        for (int j = 0; j < fields; j++) {
            slopes[j] = weights[at + j] * (slopes[j] - mean) * scale;
        }
    }
}
