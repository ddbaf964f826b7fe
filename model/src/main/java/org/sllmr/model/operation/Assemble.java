// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import java.util.List;

/**
 * For each row, the sum of its own vectors and of the user's, which follow them.
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
        if (inputs.size() > 1 && inputs.get(0) == Axis.USER) {
            throw new IllegalArgumentException("the vectors of rows come before those of the user");
        }
        return Axis.ROWS;
    }

    @Override
    public void forward(Frame frame, int from, int to) {
        if (frame.inputs.length == 1) {
            copy(frame, from, to);
            if (rectified) {
                frame.context.functions.rectify(frame.value, from * frame.width, (to - from) * frame.width);
            }
            return;
        }
        add(frame, frame.inputs[0], 1, from, to);
        for (int input = 2; input < frame.inputs.length; input++) {
            add(frame, frame.value, input, from, to);
        }
    }

    private static void copy(Frame frame, int from, int to) {
        int width = frame.width;
        if (frame.inputAxes[0] != Axis.USER) {
            System.arraycopy(frame.inputs[0], from * width, frame.value, from * width, (to - from) * width);
            return;
        }
        for (int row = from; row < to; row++) {
            System.arraycopy(frame.inputs[0], 0, frame.value, row * width, width);
        }
    }

    /** Adds an input to a sum. */
    private void add(Frame frame, float[] sum, int input, int from, int to) {
        int width = frame.width;
        boolean ofUser = frame.inputAxes[input] == Axis.USER;
        frame.context.functions.sum(
                sum,
                from * width,
                frame.inputs[input],
                ofUser ? 0 : from * width,
                ofUser ? 0 : width,
                frame.value,
                from * width,
                to - from,
                width,
                rectified && input == frame.inputs.length - 1);
    }
}
