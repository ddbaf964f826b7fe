// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import java.util.List;
import org.sllmr.model.kernel.Products;

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
        float[] y = frame.value;
        int step = frame.inputAxes[1] == Axis.USER ? 0 : in * out;
        Products products = frame.context.products;
        if (out == 1) {
            for (int row = from; row < to; row++) {
                y[row] = products.dot(x, row * in, matrices, row * step, in);
            }
        } else {
            products.multiplyEach(x, from * in, matrices, from * step, step, y, from * out, to - from, in, out);
        }
    }
}
