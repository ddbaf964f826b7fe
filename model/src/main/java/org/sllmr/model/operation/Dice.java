// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import java.util.List;

/**
 * y = p x + (1 - p) a x with p = 1 / (1 + e^-n) (DIN, Zhou et al. 2018, equation 6). The inputs are x and n, the normalised
 * x.
 *
 * @param slope a, one a unit; a vector is {@code [groups, units]}
 */
public record Dice(Parameter slope) implements Operation {
    @Override
    public int width(int[] inputs) {
        return Units.check(slope, inputs[0]);
    }

    @Override
    public int kept(int width) {
        return width;
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
        float[] p = frame.kept;
        int first = from * frame.width;
        int end = to * frame.width;
        System.arraycopy(frame.inputs[1], first, p, first, end - first);
        frame.context.functions.sigmoid(p, first, end - first);
        for (int at = first; at < end; at += units) {
            for (int j = 0; j < units; j++) {
                float low = x[at + j] * a[slope.offset() + j];
                frame.value[at + j] = low + p[at + j] * (x[at + j] - low);
            }
        }
    }

    @Override
    public void backward(Frame frame, int from, int to) {
        int units = slope.size();
        float[] x = frame.inputs[0];
        float[] a = frame.context.parameters;
        float[] p = frame.kept;
        float[] byX = frame.inputGradients[0];
        float[] byN = frame.inputGradients[1];
        for (int at = from * frame.width; at < to * frame.width; at += units) {
            for (int j = 0; j < units; j++) {
                int i = at + j;
                float rest = 1 - a[slope.offset() + j];
                float upstream = frame.gradient[i];
                float ofX = upstream * (a[slope.offset() + j] + p[i] * rest);
                float ofN = upstream * (x[i] * rest) * (p[i] * (1 - p[i]));
                byX[i] = frame.adds[0] ? byX[i] + ofX : ofX;
                byN[i] = frame.adds[1] ? byN[i] + ofN : ofN;
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
                target[slope.offset() + j] += frame.gradient[at + j] * (x[at + j] * (1 - frame.kept[at + j]));
            }
        }
    }

    @Override
    public boolean affine() {
        return false;
    }
}
