// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import java.util.List;

/**
 * y_e = x_e W_e for each block e of a vector.
 *
 * @param weight W, {@code [blocks, size, size]}
 */
public record BlockLinear(Parameter weight) implements Operation {
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

    @Override
    public void forward(Frame frame, int from, int to) {
        int size = weight.length(1);
        float[] w = frame.context.parameters;
        float[] x = frame.inputs[0];
        float[] y = frame.value;
        for (int block = from * weight.length(0); block < to * weight.length(0); block++) {
            int matrix = weight.offset() + block % weight.length(0) * size * size;
            for (int j = 0; j < size; j++) {
                float sum = 0;
                for (int i = 0; i < size; i++) {
                    sum += x[block * size + i] * w[matrix + i * size + j];
                }
                y[block * size + j] = sum;
            }
        }
    }

    @Override
    public void backward(Frame frame, int from, int to) {
        int size = weight.length(1);
        float[] w = frame.context.parameters;
        float[] target = frame.inputGradients[0];
        for (int block = from * weight.length(0); block < to * weight.length(0); block++) {
            int matrix = weight.offset() + block % weight.length(0) * size * size;
            for (int i = 0; i < size; i++) {
                float sum = 0;
                for (int j = 0; j < size; j++) {
                    sum += frame.gradient[block * size + j] * w[matrix + i * size + j];
                }
                int at = block * size + i;
                target[at] = frame.adds[0] ? target[at] + sum : sum;
            }
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
