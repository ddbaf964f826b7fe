// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

/**
 * For each group, one minus the cosine of two vectors; 1 where one of them is zero, which then gets no derivative.
 *
 * @param groups number of groups; the vectors are {@code [groups, size]}, the result's {@code [groups]}
 */
public record CosineDistance(int groups) implements Operation {
    private static final int KEPT = 3;

    @Override
    public int width(int[] inputs) {
        if (inputs[0] != inputs[1] || inputs[0] % groups != 0) {
            throw new IllegalArgumentException(groups + " cosines of vectors of " + inputs[0] + " and " + inputs[1]);
        }
        return groups;
    }

    /** For each group one over the length of both vectors, and their cosine. */
    @Override
    public int kept(int width) {
        return KEPT * groups;
    }

    @Override
    public void forward(Frame frame, int from, int to) {
        int size = frame.widths[0] / groups;
        float[] x = frame.inputs[0];
        float[] y = frame.inputs[1];
        for (int group = from * groups; group < to * groups; group++) {
            float product = 0;
            float ofX = 0;
            float ofY = 0;
            for (int i = group * size; i < (group + 1) * size; i++) {
                product += x[i] * y[i];
                ofX += x[i] * x[i];
                ofY += y[i] * y[i];
            }
            float inverseX = inverse(ofX);
            float inverseY = inverse(ofY);
            float cosine = product * inverseX * inverseY;
            frame.kept[KEPT * group] = inverseX;
            frame.kept[KEPT * group + 1] = inverseY;
            frame.kept[KEPT * group + 2] = cosine;
            frame.value[group] = 1 - cosine;
        }
    }

    private static float inverse(float squares) {
        return squares > 0 ? (float) (1 / Math.sqrt(squares)) : 0;
    }

    /** With unit vectors u and v: d cos / dx = (v - cos u) / |x|. */
    @Override
    public void backward(Frame frame, int from, int to) {
        for (int input = 0; input < 2; input++) {
            backward(frame, input, from, to);
        }
    }

    private void backward(Frame frame, int input, int from, int to) {
        int size = frame.widths[0] / groups;
        float[] x = frame.inputs[input];
        float[] y = frame.inputs[1 - input];
        float[] target = frame.inputGradients[input];
        boolean add = frame.adds[input];
        for (int group = from * groups; group < to * groups; group++) {
            float inverseX = frame.kept[KEPT * group + input];
            float inverseY = frame.kept[KEPT * group + 1 - input];
            float cosine = frame.kept[KEPT * group + 2];
            float upstream = -frame.gradient[group] * inverseX;
            for (int i = group * size; i < (group + 1) * size; i++) {
                float derivative = upstream * (y[i] * inverseY - cosine * x[i] * inverseX);
                target[i] = add ? target[i] + derivative : derivative;
            }
        }
    }

    @Override
    public boolean affine() {
        return false;
    }
}
