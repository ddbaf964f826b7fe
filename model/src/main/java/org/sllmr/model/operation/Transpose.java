// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

/**
 * A vector {@code [rows, columns]} as {@code [columns, rows]}.
 *
 * @param rows number of rows
 */
public record Transpose(int rows) implements Operation {
    @Override
    public int width(int[] inputs) {
        if (inputs[0] % rows != 0) {
            throw new IllegalArgumentException(rows + " rows of a vector of " + inputs[0]);
        }
        return inputs[0];
    }

    @Override
    public void forward(Frame frame, int from, int to) {
        int columns = frame.width / rows;
        for (int at = from * frame.width; at < to * frame.width; at += frame.width) {
            for (int r = 0; r < rows; r++) {
                for (int c = 0; c < columns; c++) {
                    frame.value[at + c * rows + r] = frame.inputs[0][at + r * columns + c];
                }
            }
        }
    }

    @Override
    public void backward(Frame frame, int from, int to) {
        int columns = frame.width / rows;
        float[] target = frame.inputGradients[0];
        for (int at = from * frame.width; at < to * frame.width; at += frame.width) {
            for (int r = 0; r < rows; r++) {
                for (int c = 0; c < columns; c++) {
                    int i = at + r * columns + c;
                    float derivative = frame.gradient[at + c * rows + r];
                    target[i] = frame.adds[0] ? target[i] + derivative : derivative;
                }
            }
        }
    }

    @Override
    public boolean affine() {
        return true;
    }
}
