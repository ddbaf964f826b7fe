// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import java.util.List;

/**
 * Root mean square normalisation (Zhang and Sennrich 2019): y = w * x / sqrt(mean of x^2 + epsilon), for each of the groups
 * of a vector, {@code [groups, units]}.
 *
 * @param weight w, one a unit
 * @param epsilon added to the mean square
 */
public record RmsNorm(Parameter weight, double epsilon) implements Operation {
    @Override
    public int width(int[] inputs) {
        return Units.check(weight, inputs[0]);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(weight);
    }

    /** One over the root of each group. */
    @Override
    public int kept(int width) {
        return width / weight.size();
    }

    @Override
    public void forward(Frame frame, int from, int to) {
        int units = weight.size();
        float[] x = frame.inputs[0];
        float[] w = frame.context.parameters;
        int groups = frame.width / units;
        for (int group = from * groups; group < to * groups; group++) {
            int at = group * units;
            float inverse = inverseRoot(x, at, units);
            frame.kept[group] = inverse;
            for (int j = 0; j < units; j++) {
                frame.value[at + j] = x[at + j] * inverse * w[weight.offset() + j];
            }
        }
    }

    private float inverseRoot(float[] x, int at, int units) {
        float squares = 0;
        for (int i = at; i < at + units; i++) {
            squares += x[i] * x[i];
        }
        return (float) (1 / Math.sqrt(squares / units + epsilon));
    }

    @Override
    public void backward(Frame frame, int from, int to) {
        int units = weight.size();
        float[] x = frame.inputs[0];
        float[] w = frame.context.parameters;
        float[] target = frame.inputGradients[0];
        int groups = frame.width / units;
        for (int group = from * groups; group < to * groups; group++) {
            int at = group * units;
            float inverse = frame.kept[group];
            float product = 0;
            for (int j = 0; j < units; j++) {
                product += frame.gradient[at + j] * w[weight.offset() + j] * x[at + j];
            }
            float share = product * inverse * inverse * inverse / units;
            for (int j = 0; j < units; j++) {
                float derivative = frame.gradient[at + j] * w[weight.offset() + j] * inverse - share * x[at + j];
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
        int units = weight.size();
        float[] x = frame.inputs[0];
        float[] target = frame.context.gradients;
        int groups = frame.context.count(frame.axis) * (frame.width / units);
        for (int group = 0; group < groups; group++) {
            int at = group * units;
            for (int j = 0; j < units; j++) {
                target[weight.offset() + j] += frame.gradient[at + j] * x[at + j] * frame.kept[group];
            }
        }
    }

    @Override
    public boolean affine() {
        return false;
    }
}
