// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import java.util.List;

/**
 * For each row, the product of its vector with its own matrix or with the user's. The inputs are the vectors {@code [in]} and
 * the matrices {@code [in, out]}.
 *
 * @param out number of outputs
 */
public record RowProduct(int out) implements RankingOperation {
    @Override
    public int width(int[] inputs) {
        if (inputs[1] != inputs[0] * out) {
            throw new IllegalArgumentException("a vector of " + inputs[0] + " times a matrix of " + inputs[1]
                    + " floats with " + out + " columns");
        }
        return out;
    }

    @Override
    public Axis axis(List<Axis> inputs) {
        return Axis.ROWS;
    }

    @Override
    public void forward(Frame frame, int from, int to) {
        int in = frame.widths[0];
        float[] x = frame.inputs[0];
        float[] matrices = frame.inputs[1];
        if (frame.inputAxes[1] == Axis.USER) {
            frame.context.products.multiply(
                    x, from * in, in, matrices, 0, out, frame.value, from * out, out, to - from, in, out, false);
            return;
        }
        for (int row = from; row < to; row++) {
            if (out == 1) {
                float sum = 0;
                for (int k = 0; k < in; k++) {
                    sum += x[row * in + k] * matrices[row * in + k];
                }
                frame.value[row] = sum;
            } else {
                frame.context.products.multiply(
                        x, row * in, in, matrices, row * in * out, out, frame.value, row * out, out, 1, in, out, false);
            }
        }
    }
}
