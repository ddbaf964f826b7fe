// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

/**
 * Inverted dropout (Srivastava et al. 2014): values are dropped with the rate, the others scaled by 1 / (1 - rate). While
 * scoring, nothing happens.
 *
 * @param mask number of the drawn mask
 */
public record Dropout(int mask) implements Operation {
    @Override
    public int width(int[] inputs) {
        return inputs[0];
    }

    @Override
    public boolean inPlaceAfter(Operation producer) {
        // Whether a value is 0 is all that ReLU asks.
        return !producer.readsResult()
                || (producer instanceof Activate activate && activate.function() == Activate.Function.RELU);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // in place or not
    public void forward(Frame frame, int from, int to) {
        DropoutMasks masks = frame.context.masks();
        int at = from * frame.width;
        int end = to * frame.width;
        float[] x = frame.inputs[0];
        float[] y = frame.value;
        if (masks == null) {
            if (x != y) {
                System.arraycopy(x, at, y, at, end - at);
            }
            return;
        }
        float[] factors = masks.values();
        int offset = masks.offset(mask);
        for (int i = at; i < end; i++) {
            y[i] = x[i] * factors[offset + i];
        }
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // in place or not
    public void backward(Frame frame, int from, int to) {
        DropoutMasks masks = frame.context.masks();
        float[] target = frame.inputGradients[0];
        float[] upstream = frame.gradient;
        if (masks == null) {
            throw new IllegalStateException("a backward pass without dropout masks");
        }
        float[] factors = masks.values();
        int offset = masks.offset(mask);
        for (int i = from * frame.width; i < to * frame.width; i++) {
            float derivative = upstream[i] * factors[offset + i];
            target[i] = frame.adds[0] ? target[i] + derivative : derivative;
        }
    }

    @Override
    public boolean affine() {
        return true;
    }
}
