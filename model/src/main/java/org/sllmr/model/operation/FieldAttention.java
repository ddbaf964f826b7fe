// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import java.util.Arrays;
import java.util.stream.IntStream;
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
        Dots dots = new Dots(kernels);
        for (int row = from; row < to; row++) {
            for (int head = 0; head < heads; head++) {
                places(row, head, QUERY, queries);
                places(row, head, KEY, keys);
                places(row, head, VALUE, values);
                int first = (row * heads + head) * fields * fields;
                dots.of(inputs, keys);
                for (int field = 0; field < fields; field++) {
                    dots.with(inputs, queries[field] * size, weights, first + field * fields);
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

    /**
     * Products of one vector with the keys or the values of all fields of a head, each summed up in order. The rows are laid
     * out by element, so that one register holds a sum for each field.
     */
    private final class Dots {
        private final Kernels kernels;
        /** Floats from one element to the next: the fields, and padding to whole registers. */
        private final int stride;

        private final float[] columns;
        private final int[] elements = IntStream.range(0, size).toArray();
        private final float[] factors = new float[size];
        private final float[] sums;

        Dots(Kernels kernels) {
            this.kernels = kernels;
            int lanes = kernels.lanes();
            this.stride = (fields + lanes - 1) / lanes * lanes;
            this.columns = new float[size * stride];
            this.sums = new float[stride];
        }

        /** Takes rows of a table. */
        void of(float[] table, int[] places) {
            for (int field = 0; field < fields; field++) {
                int row = places[field] * size;
                for (int d = 0; d < size; d++) {
                    columns[d * stride + field] = table[row + d];
                }
            }
        }

        /** {@code target[at + j] = vector . row of field j}. */
        void with(float[] vector, int from, float[] target, int at) {
            System.arraycopy(vector, from, factors, 0, size);
            kernels.gather(columns, stride, elements, factors, 0, size, sums, 0, stride);
            System.arraycopy(sums, 0, target, at, fields);
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
        Dots dots = new Dots(kernels);
        if (!frame.adds[0]) {
            Arrays.fill(gradients, from * frame.widths[0], to * frame.widths[0], 0);
        }
        for (int row = from; row < to; row++) {
            for (int head = 0; head < heads; head++) {
                places(row, head, QUERY, queries);
                places(row, head, KEY, keys);
                places(row, head, VALUE, values);
                dots.of(inputs, values);
                for (int field = 0; field < fields; field++) {
                    int at = ((row * heads + head) * fields + field) * fields;
                    int result = ((row * fields + field) * heads + head) * size;
                    drop(weights, at, factors, factorsAt + at, kept);
                    kernels.scatter(frame.gradient, result, size, values, kept, 0, fields, gradients, size);
                    dots.with(frame.gradient, result, slopes, 0);
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
