// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

/**
 * The products of the elements of two inputs, where each element of the second one counts for some consecutive elements of
 * the first.
 *
 * @param repeat how many of the first input's elements an element of the second one multiplies
 */
public record Multiply(int repeat) implements Operation {
    @Override
    public int width(int[] inputs) {
        if (inputs[0] != inputs[1] * repeat) {
            throw new IllegalArgumentException(
                    "a vector of " + inputs[0] + " times " + repeat + " times a vector of " + inputs[1]);
        }
        return inputs[0];
    }

    @Override
    public void forward(Frame frame, int from, int to) {
        float[] x = frame.inputs[0];
        float[] factors = frame.inputs[1];
        float[] y = frame.value;
        if (repeat == 1) {
            for (int i = from * frame.width; i < to * frame.width; i++) {
                y[i] = x[i] * factors[i];
            }
            return;
        }
        frame.context.functions.scale(x, factors, repeat, y, from * frame.width, (to - from) * frame.width);
    }

    @Override
    public void backward(Frame frame, int from, int to) {
        float[] x = frame.inputs[0];
        float[] factors = frame.inputs[1];
        float[] upstream = frame.gradient;
        float[] byX = frame.inputGradients[0];
        float[] byFactors = frame.inputGradients[1];
        boolean addX = frame.adds[0];
        boolean addFactors = frame.adds[1];
        if (repeat == 1) {
            for (int i = from * frame.width; i < to * frame.width; i++) {
                float ofX = upstream[i] * factors[i];
                byX[i] = addX ? byX[i] + ofX : ofX;
            }
            for (int i = from * frame.width; i < to * frame.width; i++) {
                float ofFactor = upstream[i] * x[i];
                byFactors[i] = addFactors ? byFactors[i] + ofFactor : ofFactor;
            }
            return;
        }
        for (int at = from * frame.width; at < to * frame.width; at += repeat) {
            int place = at / repeat;
            float factor = factors[place];
            for (int i = at; i < at + repeat; i++) {
                float ofX = upstream[i] * factor;
                byX[i] = addX ? byX[i] + ofX : ofX;
            }
            float sum = frame.context.products.dot(upstream, at, x, at, repeat);
            byFactors[place] = addFactors ? byFactors[place] + sum : sum;
        }
    }

    @Override
    public boolean affine() {
        return false;
    }
}
