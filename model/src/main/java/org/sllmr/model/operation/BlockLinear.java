// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import java.util.List;
import org.sllmr.model.kernel.Products;

/**
 * y_e = x_e W_e for each block e of a vector.
 *
 * <p>Small blocks are multiplied some at a time, as the diagonal of one matrix: its zeros cost less than short loops, and
 * change no bit.
 *
 * @param weight W, {@code [blocks, size, size]}
 */
public record BlockLinear(Parameter weight) implements Operation {
    /** Most floats of blocks that are multiplied together. */
    private static final int TOGETHER = 16;

    @Override
    public int width(int[] inputs) {
        if (inputs[0] != weight.length(0) * weight.length(1)) {
            throw new IllegalArgumentException(weight.name() + " does not multiply a vector of " + inputs[0]);
        }
        return inputs[0];
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(weight);
    }

    /** Blocks that are multiplied together; the last group may have fewer. */
    private int group() {
        return Math.max(1, TOGETHER / weight.length(1));
    }

    private int packedGroup(Products products) {
        int columns = group() * weight.length(1);
        return products.packedSize(columns, columns);
    }

    /** Floats of the packed matrices of all groups. */
    private int packedGroups(Products products) {
        return (weight.length(0) + group() - 1) / group() * packedGroup(products);
    }

    @Override
    public int packedSize(Products products) {
        // The matrices, and transposed for the backward pass.
        return 2 * packedGroups(products);
    }

    @Override
    public void pack(Products products, float[] parameters, float[] packed, int at) {
        int size = weight.length(1);
        int to = at;
        for (int first = 0; first < weight.length(0); first += group()) {
            int blocks = Math.min(group(), weight.length(0) - first);
            int from = weight.offset() + first * size * size;
            products.packDiagonal(parameters, from, blocks, size, false, packed, to);
            products.packDiagonal(parameters, from, blocks, size, true, packed, to + packedGroups(products));
            to += packedGroup(products);
        }
    }

    @Override
    public void forward(Frame frame, int from, int to) {
        multiply(frame, frame.inputs[0], frame.value, from, to, frame.packedAt, false);
    }

    @Override
    public void backward(Frame frame, int from, int to) {
        int transposed = frame.packedAt + packedGroups(frame.context.products);
        multiply(frame, frame.gradient, frame.inputGradients[0], from, to, transposed, frame.adds[0]);
    }

    private void multiply(Frame frame, float[] x, float[] y, int from, int to, int packedAt, boolean add) {
        int size = weight.length(1);
        int width = frame.width;
        Products products = frame.context.products;
        int packed = packedAt;
        for (int first = 0; first < weight.length(0); first += group()) {
            int at = from * width + first * size;
            int columns = Math.min(group(), weight.length(0) - first) * size;
            products.multiplyPacked(
                    x, at, width, frame.context.packed, packed, y, at, width, to - from, columns, columns, add);
            packed += packedGroup(products);
        }
    }

    @Override
    public boolean accumulates() {
        return true;
    }

    @Override
    public void accumulate(Frame frame, int part, int parts) {
        if (part > 0) {
            return;
        }
        int size = weight.length(1);
        float[] x = frame.inputs[0];
        float[] target = frame.context.gradients;
        int blocks = frame.context.count(frame.axis) * weight.length(0);
        for (int block = 0; block < blocks; block++) {
            int matrix = weight.offset() + block % weight.length(0) * size * size;
            for (int i = 0; i < size; i++) {
                float value = x[block * size + i];
                for (int j = 0; j < size; j++) {
                    target[matrix + i * size + j] += value * frame.gradient[block * size + j];
                }
            }
        }
    }

    @Override
    public boolean affine() {
        return true;
    }
}
