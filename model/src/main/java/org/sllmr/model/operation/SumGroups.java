// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import java.util.Arrays;

/**
 * The sum of the groups of a vector.
 *
 * @param groups number of groups; a vector is {@code [groups, size]}, the result's {@code [size]}
 */
public record SumGroups(int groups) implements Operation {
    @Override
    public int width(int[] inputs) {
        if (inputs[0] % groups != 0) {
            throw new IllegalArgumentException(groups + " groups of a vector of " + inputs[0]);
        }
        return inputs[0] / groups;
    }

    @Override
    public void forward(Frame frame, int from, int to) {
        int size = frame.width;
        float[] x = frame.inputs[0];
        for (int vector = from; vector < to; vector++) {
            int target = vector * size;
            if (size == 1) {
                frame.value[vector] = sum(x, vector * groups, groups);
                continue;
            }
            System.arraycopy(x, target * groups, frame.value, target, size);
            for (int group = 1; group < groups; group++) {
                frame.context.kernels.add(x, target * groups + group * size, frame.value, target, size);
            }
        }
    }

    /** Four sums at a time, because one alone would wait for its own additions. */
    private static float sum(float[] x, int at, int length) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int i = 0;
        for (; i + 4 <= length; i += 4) {
            s0 += x[at + i];
            s1 += x[at + i + 1];
            s2 += x[at + i + 2];
            s3 += x[at + i + 3];
        }
        for (; i < length; i++) {
            s0 += x[at + i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    @Override
    public void backward(Frame frame, int from, int to) {
        int size = frame.width;
        float[] target = frame.inputGradients[0];
        boolean add = frame.adds[0];
        for (int vector = from; vector < to; vector++) {
            int at = vector * size * groups;
            if (size == 1) {
                float upstream = frame.gradient[vector];
                if (add) {
                    for (int i = at; i < at + groups; i++) {
                        target[i] += upstream;
                    }
                } else {
                    Arrays.fill(target, at, at + groups, upstream);
                }
                continue;
            }
            for (int group = 0; group < groups; group++) {
                Runs.copy(frame.context.kernels, frame.gradient, vector * size, target, at + group * size, size, add);
            }
        }
    }

    @Override
    public boolean affine() {
        return true;
    }
}
