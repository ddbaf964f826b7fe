// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

/**
 * y = f(x), element by element.
 *
 * @param function f
 */
public record Activate(Function function) implements Operation {
    /** Functions without parameters. */
    public enum Function {
        /** max(0, x). */
        RELU,
        /** tanh x. */
        TANH,
        /** 1 / (1 + e^-x). */
        SIGMOID
    }

    @Override
    public int width(int[] inputs) {
        return inputs[0];
    }

    @Override
    public boolean readsResult() {
        return true;
    }

    @Override
    public boolean inPlaceAfter(Operation producer) {
        return !producer.readsResult();
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // in place or not
    public void forward(Frame frame, int from, int to) {
        int at = from * frame.width;
        int length = (to - from) * frame.width;
        float[] y = frame.value;
        if (frame.inputs[0] != y) {
            System.arraycopy(frame.inputs[0], at, y, at, length);
        }
        switch (function) {
            case RELU -> frame.context.functions.rectify(y, at, length);
            case TANH -> frame.context.functions.tanh(y, at, length);
            case SIGMOID -> frame.context.functions.sigmoid(y, at, length);
        }
    }

    @Override
    public void backward(Frame frame, int from, int to) {
        int at = from * frame.width;
        int end = to * frame.width;
        float[] y = frame.value;
        float[] upstream = frame.gradient;
        float[] target = frame.inputGradients[0];
        boolean add = frame.adds[0];
        if (function == Function.RELU && !add) {
            frame.context.functions.rectifyGradient(y, upstream, target, at, end - at);
            return;
        }
        switch (function) {
            case RELU -> {
                for (int i = at; i < end; i++) {
                    float slope = y[i] > 0 ? upstream[i] : 0;
                    target[i] = add ? target[i] + slope : slope;
                }
            }
            case TANH -> {
                for (int i = at; i < end; i++) {
                    float slope = upstream[i] * (1 - y[i] * y[i]);
                    target[i] = add ? target[i] + slope : slope;
                }
            }
            case SIGMOID -> {
                for (int i = at; i < end; i++) {
                    float slope = upstream[i] * (y[i] * (1 - y[i]));
                    target[i] = add ? target[i] + slope : slope;
                }
            }
        }
    }

    @Override
    public boolean affine() {
        return false;
    }
}
