// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import java.util.Arrays;

/**
 * The products of every element of one group with every element of the other input's group.
 *
 * @param groups number of groups; vectors are {@code [groups, m]} and {@code [groups, n]}, the result's {@code [groups, m *
 *     n]}
 */
public record Outer(int groups) implements Operation {
    @Override
    public int width(int[] inputs) {
        return inputs[0] / groups * inputs[1];
    }

    @Override
    public void forward(Frame frame, int from, int to) {
        int m = frame.widths[0] / groups;
        int n = frame.widths[1] / groups;
        float[] x = frame.inputs[0];
        float[] y = frame.inputs[1];
        for (int group = from * groups; group < to * groups; group++) {
            for (int i = 0; i < m; i++) {
                float factor = x[group * m + i];
                int at = (group * m + i) * n;
                for (int j = 0; j < n; j++) {
                    frame.value[at + j] = factor * y[group * n + j];
                }
            }
        }
    }

    @Override
    public void backward(Frame frame, int from, int to) {
        int m = frame.widths[0] / groups;
        int n = frame.widths[1] / groups;
        float[] x = frame.inputs[0];
        float[] y = frame.inputs[1];
        float[] byX = frame.inputGradients[0];
        float[] byY = frame.inputGradients[1];
        if (!frame.adds[0]) {
            Arrays.fill(byX, from * frame.widths[0], to * frame.widths[0], 0);
        }
        if (!frame.adds[1]) {
            Arrays.fill(byY, from * frame.widths[1], to * frame.widths[1], 0);
        }
        for (int group = from * groups; group < to * groups; group++) {
            for (int i = 0; i < m; i++) {
                int at = (group * m + i) * n;
                byX[group * m + i] += frame.context.products.dot(frame.gradient, at, y, group * n, n);
                frame.context.products.addScaled(x[group * m + i], frame.gradient, at, byY, group * n, n);
            }
        }
    }

    @Override
    public boolean affine() {
        return false;
    }
}
