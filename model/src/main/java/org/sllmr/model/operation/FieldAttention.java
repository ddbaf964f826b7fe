// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.sllmr.model.kernel.Functions;
import org.sllmr.model.kernel.Kernels;

/**
 * Attention of each field of a row to all of its fields, with softmax and dropout on the weights. A vector is {@code [fields,
 * 3, heads, size]}: queries, keys and values; the result's is {@code [fields, heads, size]}.
 *
 * <p>The matrices are as small as the number of fields, so a row stays in cache from its first product to its last. To the
 * kernels, queries, keys and values are rows of one table, {@code size} floats each: the query, key or value of one field in
 * one head.
 *
 * @param fields number of fields
 * @param heads number of heads
 * @param size floats of a query, key or value in one head
 * @param scale factor of the products of queries and keys
 * @param mask number of the mask of the weights, {@code [heads, fields, fields]} a row; negative for none
 */
public record FieldAttention(int fields, int heads, int size, float scale, int mask) implements Operation {
    private static final int QUERY = 0;
    private static final int KEY = 1;
    private static final int VALUE = 2;

    @Override
    public int width(int[] inputs) {
        if (inputs[0] != 3 * fields * heads * size) {
            throw new IllegalArgumentException("attention of " + fields + " fields in " + heads + " heads of " + size
                    + " floats over a vector of " + inputs[0]);
        }
        return fields * heads * size;
    }

    /** Attention weights before dropout. */
    @Override
    public int kept(int width) {
        return heads * fields * fields;
    }

    /** Table rows of the queries, keys or values of a head, one a field. */
    private void places(int row, int head, int kind, int[] places) {
        for (int field = 0; field < fields; field++) {
            places[field] = ((row * fields + field) * 3 + kind) * heads + head;
        }
    }

    /** The dropout factors of the weights, and where those of the first row begin; null for none. */
    private float @Nullable [] factors(Frame frame) {
        DropoutMasks masks = frame.context.masks();
        return masks == null || mask < 0 ? null : masks.values();
    }

    private int factorsAt(Frame frame) {
        DropoutMasks masks = frame.context.masks();
        return masks == null || mask < 0 ? 0 : masks.offset(mask);
    }

    @Override
    public void forward(Frame frame, int from, int to) {
        Kernels kernels = frame.context.kernels;
        float[] inputs = frame.inputs[0];
        float[] weights = frame.kept;
        float[] factors = factors(frame);
        int factorsAt = factorsAt(frame);
        int[] queries = new int[fields];
        int[] keys = new int[fields];
        int[] values = new int[fields];
        float[] kept = new float[fields];
        for (int row = from; row < to; row++) {
            for (int head = 0; head < heads; head++) {
                places(row, head, QUERY, queries);
                places(row, head, KEY, keys);
                places(row, head, VALUE, values);
                int first = (row * heads + head) * fields * fields;
                for (int field = 0; field < fields; field++) {
                    dots(inputs, queries[field] * size, inputs, keys, weights, first + field * fields);
                }
                softmax(frame.context.functions, weights, first);
                for (int field = 0; field < fields; field++) {
                    int at = first + field * fields;
                    drop(weights, at, factors, factorsAt + at, kept);
                    int target = ((row * fields + field) * heads + head) * size;
                    kernels.gather(inputs, size, values, kept, 0, fields, frame.value, target, size);
                }
            }
        }
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

    /** Of the weights of all fields of one head. */
    private void softmax(Functions functions, float[] weights, int first) {
        int end = first + fields * fields;
        for (int at = first; at < end; at++) {
            weights[at] *= scale;
        }
        Segments.softmax(functions, weights, weights, first, end, fields);
    }

    private void drop(float[] weights, int at, float @Nullable [] factors, int factorsAt, float[] kept) {
        for (int j = 0; j < fields; j++) {
            kept[j] = factors == null ? weights[at + j] : weights[at + j] * factors[factorsAt + j];
        }
    }

    @Override
    public void backward(Frame frame, int from, int to) {
        Kernels kernels = frame.context.kernels;
        float[] inputs = frame.inputs[0];
        float[] gradients = frame.inputGradients[0];
        float[] weights = frame.kept;
        float[] factors = factors(frame);
        int factorsAt = factorsAt(frame);
        int[] queries = new int[fields];
        int[] keys = new int[fields];
        int[] values = new int[fields];
        float[] kept = new float[fields];
        float[] slopes = new float[fields];
        if (!frame.adds[0]) {
            Arrays.fill(gradients, from * frame.widths[0], to * frame.widths[0], 0);
        }
        for (int row = from; row < to; row++) {
            for (int head = 0; head < heads; head++) {
                places(row, head, QUERY, queries);
                places(row, head, KEY, keys);
                places(row, head, VALUE, values);
                for (int field = 0; field < fields; field++) {
                    int at = ((row * heads + head) * fields + field) * fields;
                    int result = ((row * fields + field) * heads + head) * size;
                    drop(weights, at, factors, factorsAt + at, kept);
                    kernels.scatter(frame.gradient, result, size, values, kept, 0, fields, gradients, size);
                    dots(frame.gradient, result, inputs, values, slopes, 0);
                    softmaxGradient(weights, at, factors, factorsAt + at, slopes);
                    int query = queries[field] * size;
                    for (int j = 0; j < fields; j++) {
                        frame.context.products.addScaled(slopes[j], inputs, keys[j] * size, gradients, query, size);
                    }
                    kernels.scatter(inputs, query, size, keys, slopes, 0, fields, gradients, size);
                }
            }
        }
    }

    /** From derivatives by weights after dropout to derivatives by products of queries and keys. */
    private void softmaxGradient(float[] weights, int at, float @Nullable [] factors, int factorsAt, float[] slopes) {
        float mean = 0;
        for (int j = 0; j < fields; j++) {
            slopes[j] = factors == null ? slopes[j] : slopes[j] * factors[factorsAt + j];
            mean += weights[at + j] * slopes[j];
        }
        for (int j = 0; j < fields; j++) {
            slopes[j] = weights[at + j] * (slopes[j] - mean) * scale;
        }
    }

    @Override
    public boolean affine() {
        return false;
    }
}
