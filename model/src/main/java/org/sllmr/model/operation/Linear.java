// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sllmr.model.kernel.Products;

/**
 * y = W x + b, for each of some groups of a vector by itself.
 *
 * @param weight W, {@code [out, in]}
 * @param bias b, {@code [out]}, or nothing
 * @param groups number of groups; a vector is {@code [groups, in]}, the result's {@code [groups, out]}
 */
public record Linear(Weight weight, @Nullable Parameter bias, int groups) implements Operation {
    @Override
    public int width(int[] inputs) {
        if (inputs[0] != groups * weight.width()) {
            throw new IllegalArgumentException(weight.parameter().name() + " multiplies " + groups + " groups of "
                    + weight.width() + " floats, not a vector of " + inputs[0]);
        }
        return groups * weight.out();
    }

    @Override
    public int packedSize(Products products) {
        int out = weight.out();
        int whole = weight.isWhole() ? 0 : out * weight.width() + Products.SLACK;
        return whole + (out == 1 ? 0 : products.packedSize(weight.width(), out));
    }

    @Override
    public void pack(Products products, float[] parameters, float[] packed, int at) {
        int out = weight.out();
        int in = weight.width();
        float[] source = parameters;
        int from = weight.parameter().offset();
        int to = at;
        if (!weight.isWhole()) {
            weight.read(parameters, packed, at);
            source = packed;
            from = at;
            to += out * in + Products.SLACK;
        }
        if (out > 1) {
            products.pack(source, from, in, out, packed, to);
        }
    }

    private float[] rows(Context context) {
        return weight.isWhole() ? context.parameters : context.packed;
    }

    private int rowsAt(Frame frame) {
        return weight.isWhole() ? weight.parameter().offset() : frame.packedAt;
    }

    @Override
    public List<Parameter> parameters() {
        return bias == null ? List.of(weight.parameter()) : List.of(weight.parameter(), bias);
    }

    @Override
    public void forward(Frame frame, int from, int to) {
        Context context = frame.context;
        int in = weight.width();
        int out = weight.out();
        int first = from * groups;
        int count = (to - from) * groups;
        float[] x = frame.inputs[0];
        float[] y = frame.value;
        if (bias != null) {
            for (int row = first; row < first + count; row++) {
                System.arraycopy(context.parameters, bias.offset(), y, row * out, out);
            }
        }
        if (out == 1) {
            float[] w = rows(context);
            int at = rowsAt(frame);
            for (int row = first; row < first + count; row++) {
                float product = context.products.dot(x, row * in, w, at, in);
                y[row] = bias == null ? product : y[row] + product;
            }
            return;
        }
        int packed = frame.packedAt + (weight.isWhole() ? 0 : out * in + Products.SLACK);
        context.products.multiplyPacked(
                x, first * in, in, context.packed, packed, y, first * out, out, count, in, out, bias != null);
    }

    @Override
    public void backward(Frame frame, int from, int to) {
        float[] gradient = frame.inputGradients[0];
        int in = weight.width();
        int out = weight.out();
        int first = from * groups;
        int count = (to - from) * groups;
        Context context = frame.context;
        if (out == 1) {
            if (!frame.adds[0]) {
                Arrays.fill(gradient, first * in, (first + count) * in, 0);
            }
            for (int row = first; row < first + count; row++) {
                context.products.addScaled(frame.gradient[row], rows(context), rowsAt(frame), gradient, row * in, in);
            }
            return;
        }
        context.products.multiply(
                frame.gradient,
                first * out,
                out,
                rows(context),
                rowsAt(frame),
                in,
                gradient,
                first * in,
                in,
                count,
                out,
                in,
                frame.adds[0]);
    }

    @Override
    public boolean accumulates() {
        return true;
    }

    @Override
    public void accumulate(Frame frame, int part, int parts) {
        int out = weight.out();
        int first = (int) ((long) out * part / parts);
        int last = (int) ((long) out * (part + 1) / parts);
        int vectors = frame.context.count(frame.axis) * groups;
        if (first == last || vectors == 0) {
            return;
        }
        if (bias != null) {
            Sums.addColumns(frame.gradient, vectors, out, first, last, frame.context.gradients, bias.offset());
        }
        int in = weight.width();
        float[] x = frame.inputs[0];
        if (!weight.isWhole()) {
            float[] rows = new float[(last - first) * in];
            products(frame, x, vectors, first, last, rows, 0);
            for (int row = first; row < last; row++) {
                weight.addRow(rows, (row - first) * in, frame.context.gradients, row);
            }
            return;
        }
        products(
                frame,
                x,
                vectors,
                first,
                last,
                frame.context.gradients,
                weight.parameter().offset() + first * in);
    }

    /** Adds the products of some columns of the result's derivative with the input. */
    private void products(Frame frame, float[] x, int vectors, int first, int last, float[] target, int at) {
        int out = weight.out();
        int in = weight.width();
        Products products = frame.context.products;
        if (out == 1) {
            for (int row = 0; row < vectors; row++) {
                products.addScaled(frame.gradient[row], x, row * in, target, at, in);
            }
            return;
        }
        float[] columns = Sums.transpose(frame.gradient, vectors, out, first, last);
        products.multiply(columns, 0, vectors, x, 0, in, target, at, in, last - first, vectors, in, true);
    }

    @Override
    public boolean affine() {
        return true;
    }
}
