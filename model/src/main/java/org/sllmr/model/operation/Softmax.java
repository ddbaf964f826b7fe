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
        Segments.softmax(frame.context.functions, frame.inputs[0], frame.value, from * width, to * width, width);
    }

    @Override
    public void backward(Frame frame, int from, int to) {
        int width = frame.width;
        for (int at = from * width; at < to * width; at += width) {
            Segments.gradient(frame.value, frame.gradient, frame.inputGradients[0], at, at + width, frame.adds[0]);
        }
    }

    @Override
    public boolean affine() {
        return false;
    }
}
