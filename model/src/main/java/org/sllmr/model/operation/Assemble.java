// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import java.util.List;

/**
 * For each row, the sum of its own vectors and of the user's.
 *
 * @param rectified whether an element below 0 becomes 0
 */
public record Assemble(boolean rectified) implements RankingOperation {
    @Override
    public int width(int[] inputs) {
        return inputs[0];
    }

    @Override
    public Axis axis(List<Axis> inputs) {
        return Axis.ROWS;
    }

    @Override
    public void forward(Frame frame, int from, int to) {
        int width = frame.width;
        int last = frame.inputs.length - 1;
        if (last == 0) {
            for (int row = from; row < to; row++) {
                System.arraycopy(frame.inputs[0], start(frame, 0, row), frame.value, row * width, width);
            }
            if (rectified) {
                frame.context.functions.rectify(frame.value, from * width, (to - from) * width);
            }
            return;
        }
        add(frame, frame.inputs[0], frame.inputAxes[0] == Axis.USER, 1, from, to);
        for (int input = 2; input <= last; input++) {
            add(frame, frame.value, false, input, from, to);
        }
    }

    /** Adds an input to a sum, which is the user's or has one vector a row. */
    private void add(Frame frame, float[] sum, boolean ofUser, int input, int from, int to) {
        int width = frame.width;
        boolean last = input == frame.inputs.length - 1;
        for (int row = from; row < to; row++) {
            frame.context.functions.sum(
                    sum,
                    ofUser ? 0 : row * width,
                    frame.inputs[input],
                    start(frame, input, row),
                    frame.value,
                    row * width,
                    width,
                    rectified && last);
        }
    }

    private static int start(Frame frame, int input, int row) {
        return frame.inputAxes[input] == Axis.USER ? 0 : row * frame.width;
    }
}
