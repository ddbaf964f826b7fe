// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

/** A softmax over the pairs of each row, which have one float each. */
public record HistorySoftmax() implements Operation {
    @Override
    public int width(int[] inputs) {
        if (inputs[0] != 1) {
            throw new IllegalArgumentException("a softmax over pairs of " + inputs[0] + " floats, not 1");
        }
        return 1;
    }

    @Override
    public boolean readsResult() {
        return true;
    }

    /** The end of the pairs of the same row. */
    private static int end(Frame frame, int pair, int to) {
        int[] rowOf = frame.context.rowOf;
        int end = pair + 1;
        while (end < to && rowOf[end] == rowOf[pair]) {
            end++;
        }
        return end;
    }

    @Override
    public void forward(Frame frame, int from, int to) {
        float[] x = frame.inputs[0];
        float[] y = frame.value;
        int end;
        for (int pair = from; pair < to; pair = end) {
            end = end(frame, pair, to);
            float largest = Float.NEGATIVE_INFINITY;
            for (int i = pair; i < end; i++) {
                largest = Math.max(largest, x[i]);
            }
            for (int i = pair; i < end; i++) {
                y[i] = x[i] - largest;
            }
        }
        frame.context.functions.exp(y, from, to - from);
        for (int pair = from; pair < to; pair = end) {
            end = end(frame, pair, to);
            float sum = 0;
            for (int i = pair; i < end; i++) {
                sum += y[i];
            }
            for (int i = pair; i < end; i++) {
                y[i] /= sum;
            }
        }
    }

    @Override
    public void backward(Frame frame, int from, int to) {
        float[] y = frame.value;
        float[] target = frame.inputGradients[0];
        int end;
        for (int pair = from; pair < to; pair = end) {
            end = end(frame, pair, to);
            float mean = 0;
            for (int i = pair; i < end; i++) {
                mean += y[i] * frame.gradient[i];
            }
            for (int i = pair; i < end; i++) {
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
