// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import java.util.Arrays;

/** The vectors of all inputs, one behind the other. */
public record Concatenate() implements Operation {
    @Override
    public int width(int[] inputs) {
        return Arrays.stream(inputs).sum();
    }

    @Override
    public void forward(Frame frame, int from, int to) {
        int at = 0;
        for (int input = 0; input < frame.widths.length; input++) {
            int width = frame.widths[input];
            for (int vector = from; vector < to; vector++) {
                System.arraycopy(frame.inputs[input], vector * width, frame.value, vector * frame.width + at, width);
            }
            at += width;
        }
    }

    @Override
    public void backward(Frame frame, int from, int to) {
        int at = 0;
        for (int input = 0; input < frame.widths.length; input++) {
            int width = frame.widths[input];
            float[] target = frame.inputGradients[input];
            for (int vector = from; vector < to; vector++) {
                Runs.copy(
                        frame.context.kernels,
                        frame.gradient,
                        vector * frame.width + at,
                        target,
                        vector * width,
                        width,
                        frame.adds[input]);
            }
            at += width;
        }
    }

    @Override
    public boolean affine() {
        return true;
    }
}
