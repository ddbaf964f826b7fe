// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import java.util.List;

/**
 * The sum of inputs of one width, each times a factor.
 *
 * @param factors one an input
 */
public record Combine(List<Float> factors) implements Operation {
    /** Copies the list. */
    public Combine {
        factors = List.copyOf(factors);
    }

    @Override
    public int width(int[] inputs) {
        for (int width : inputs) {
            if (width != inputs[0]) {
                throw new IllegalArgumentException("a sum of vectors of " + inputs[0] + " and " + width + " floats");
            }
        }
        return inputs[0];
    }

    @Override
    public void forward(Frame frame, int from, int to) {
        float[] y = frame.value;
        for (int input = 0; input < factors.size(); input++) {
            float factor = factors.get(input);
            float[] x = frame.inputs[input];
            if (input == 0) {
                for (int i = from * frame.width; i < to * frame.width; i++) {
                    y[i] = factor * x[i];
                }
            } else {
                for (int i = from * frame.width; i < to * frame.width; i++) {
                    y[i] += factor * x[i];
                }
            }
        }
    }

    @Override
    public void backward(Frame frame, int from, int to) {
        for (int input = 0; input < factors.size(); input++) {
            float factor = factors.get(input);
            float[] target = frame.inputGradients[input];
            if (frame.adds[input]) {
                for (int i = from * frame.width; i < to * frame.width; i++) {
                    target[i] += factor * frame.gradient[i];
                }
            } else {
                for (int i = from * frame.width; i < to * frame.width; i++) {
                    target[i] = factor * frame.gradient[i];
                }
            }
        }
    }

    @Override
    public boolean affine() {
        return true;
    }
}
