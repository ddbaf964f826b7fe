// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import java.util.List;

/** For each row, the sum of its own vectors and of the user's. */
public record Assemble() implements RankingOperation {
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
        for (int input = 0; input < frame.inputs.length; input++) {
            float[] x = frame.inputs[input];
            boolean ofUser = frame.inputAxes[input] == Axis.USER;
            for (int row = from; row < to; row++) {
                Runs.copy(x, ofUser ? 0 : row * width, frame.value, row * width, width, input > 0);
            }
        }
    }
}
