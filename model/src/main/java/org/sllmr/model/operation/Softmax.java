// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

/** A softmax over the elements of each vector. */
public record Softmax() implements Operation {
    @Override
    public int width(int[] inputs) {
        return inputs[0];
    }

    @Override
    public boolean readsResult() {
        return true;
    }

    @Override
    public void forward(Frame frame, int from, int to) {
        int width = frame.width;
        float[] x = frame.inputs[0];
        float[] y = frame.value;
        for (int at = from * width; at < to * width; at += width) {
            float largest = Float.NEGATIVE_INFINITY;
            for (int i = at; i < at + width; i++) {
                largest = Math.max(largest, x[i]);
            }
            for (int i = at; i < at + width; i++) {
                y[i] = x[i] - largest;
            }
        }
        frame.context.functions.exp(y, from * width, (to - from) * width);
        for (int at = from * width; at < to * width; at += width) {
            float sum = 0;
            for (int i = at; i < at + width; i++) {
                sum += y[i];
            }
            for (int i = at; i < at + width; i++) {
                y[i] /= sum;
            }
        }
    }

    @Override
    public void backward(Frame frame, int from, int to) {
        int width = frame.width;
        float[] y = frame.value;
        float[] target = frame.inputGradients[0];
        for (int at = from * width; at < to * width; at += width) {
            float mean = 0;
            for (int i = at; i < at + width; i++) {
                mean += y[i] * frame.gradient[i];
            }
            for (int i = at; i < at + width; i++) {
                float derivative = y[i] * (frame.gradient[i] - mean);
                target[i] = frame.adds[0] ? target[i] + derivative : derivative;
            }
        }
    }

    @Override
    public boolean affine() {
        return false;
    }
}
