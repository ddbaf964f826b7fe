// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import java.util.List;

/**
 * y = max(0, x) + a min(0, x) (He et al. 2015).
 *
 * @param slope a, one a unit; a vector is {@code [groups, units]}
 */
public record Prelu(Parameter slope) implements Operation {
    @Override
    public int width(int[] inputs) {
        return Units.check(slope, inputs[0]);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(slope);
    }

    @Override
    public void forward(Frame frame, int from, int to) {
        int units = slope.size();
        float[] x = frame.inputs[0];
        float[] a = frame.context.parameters;
        for (int at = from * frame.width; at < to * frame.width; at += units) {
            for (int j = 0; j < units; j++) {
                float value = x[at + j];
                frame.value[at + j] = value > 0 ? value : a[slope.offset() + j] * value;
            }
        }
    }

    @Override
    public void backward(Frame frame, int from, int to) {
        int units = slope.size();
        float[] x = frame.inputs[0];
        float[] a = frame.context.parameters;
        float[] target = frame.inputGradients[0];
        for (int at = from * frame.width; at < to * frame.width; at += units) {
            for (int j = 0; j < units; j++) {
                float upstream = frame.gradient[at + j];
                float derivative = x[at + j] > 0 ? upstream : a[slope.offset() + j] * upstream;
                target[at + j] = frame.adds[0] ? target[at + j] + derivative : derivative;
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
        int units = slope.size();
        float[] x = frame.inputs[0];
        float[] target = frame.context.gradients;
        int end = frame.context.count(frame.axis) * frame.width;
        for (int at = 0; at < end; at += units) {
            for (int j = 0; j < units; j++) {
                target[slope.offset() + j] += Math.min(0, x[at + j]) * frame.gradient[at + j];
            }
        }
    }

    @Override
    public boolean affine() {
        return false;
    }
}
