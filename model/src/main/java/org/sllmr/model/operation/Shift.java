// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import java.util.List;

/**
 * y = x + b.
 *
 * @param bias b, one an element
 */
public record Shift(Parameter bias) implements Operation {
    @Override
    public int width(int[] inputs) {
        return Units.check(bias, inputs[0]);
    }

    @Override
    public boolean inPlaceAfter(Operation producer) {
        return !producer.readsResult();
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(bias);
    }

    @Override
    public void forward(Frame frame, int from, int to) {
        int units = bias.size();
        float[] b = frame.context.parameters;
        for (int at = from * frame.width; at < to * frame.width; at += units) {
            for (int j = 0; j < units; j++) {
                frame.value[at + j] = frame.inputs[0][at + j] + b[bias.offset() + j];
            }
        }
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // in place or not
    public void backward(Frame frame, int from, int to) {
        float[] target = frame.inputGradients[0];
        if (target != frame.gradient) {
            int at = from * frame.width;
            Runs.copy(frame.context.kernels, frame.gradient, at, target, at, (to - from) * frame.width, frame.adds[0]);
        }
    }

    @Override
    public boolean accumulates() {
        return true;
    }

    @Override
    public void accumulate(Frame frame, int part, int parts) {
        if (part == 0) {
            int units = bias.size();
            int vectors = frame.context.count(frame.axis) * frame.width / units;
            Sums.addColumns(frame.gradient, vectors, units, 0, units, frame.context.gradients, bias.offset());
        }
    }

    @Override
    public boolean affine() {
        return true;
    }
}
