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
        float[] y = frame.value;
        int end;
        for (int pair = from; pair < to; pair = end) {
            end = end(frame, pair, to);
            Segments.subtractLargest(frame.inputs[0], y, pair, end);
        }
        frame.context.functions.exp(y, from, to - from);
        for (int pair = from; pair < to; pair = end) {
            end = end(frame, pair, to);
            Segments.divideBySum(y, pair, end);
        }
    }

    @Override
    public void backward(Frame frame, int from, int to) {
        int end;
        for (int pair = from; pair < to; pair = end) {
            end = end(frame, pair, to);
            Segments.gradient(frame.value, frame.gradient, frame.inputGradients[0], pair, end, frame.adds[0]);
        }
    }

    @Override
    public boolean acrossHistory() {
        return true;
    }

    @Override
    public boolean affine() {
        return false;
    }
}
