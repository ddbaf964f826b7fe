// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import org.sllmr.model.kernel.Products;

/**
 * y = W x + b for vectors with many zeros, such as those that were rectified: the more there are, the less time it takes.
 *
 * @param linear the same for any vectors, of one group
 */
public record SparseLinear(Linear linear) implements RankingOperation {
    @Override
    public int width(int[] inputs) {
        return linear.width(inputs);
    }

    /** The transposed matrix, and once more in strips for rows with few zeros. */
    @Override
    public int packedSize(Products products) {
        return strips(0) + products.packedSize(in(), out());
    }

    private int in() {
        return linear.weight().width();
    }

    private int out() {
        return linear.weight().out();
    }

    private int strips(int at) {
        return at + in() * out() + Products.SLACK;
    }

    @Override
    public void pack(Products products, float[] parameters, float[] packed, int at) {
        int in = in();
        int out = out();
        float[] rows = new float[out * in];
        linear.weight().read(parameters, rows, 0);
        for (int i = 0; i < in; i++) {
            for (int o = 0; o < out; o++) {
                packed[at + i * out + o] = rows[o * in + i];
            }
        }
        products.pack(rows, 0, in, out, packed, strips(at));
    }

    @Override
    public void forward(Frame frame, int from, int to) {
        Context context = frame.context;
        int in = in();
        int out = out();
        float[] x = frame.inputs[0];
        float[] y = frame.value;
        Parameter bias = linear.bias();
        boolean add = bias != null;
        if (bias != null) {
            for (int row = from; row < to; row++) {
                System.arraycopy(context.parameters, bias.offset(), y, row * out, out);
            }
        }
        int at = frame.packedAt;
        float[] packed = context.packed;
        Products products = context.products;
        int next = from
                + products.multiplySparse(
                        x, from * in, in, packed, at, out, y, from * out, out, to - from, in, out, add);
        if (next < to) {
            products.multiplyPacked(x, next * in, in, packed, strips(at), y, next * out, out, to - next, in, out, add);
        }
    }
}
