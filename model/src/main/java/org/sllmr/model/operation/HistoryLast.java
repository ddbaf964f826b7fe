// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import java.util.Arrays;
import java.util.List;

/** For each row, the vector of the last item of its history; zeros for a row without history. */
public record HistoryLast() implements Operation {
    @Override
    public int width(int[] inputs) {
        return inputs[0];
    }

    @Override
    public Axis axis(List<Axis> inputs) {
        return Axis.ROWS;
    }

    /** The last history item of a row, or -1. */
    private static int last(Context context, int row) {
        int end = context.pairStart[row + 1];
        return end > context.pairStart[row] ? context.itemOf[end - 1] : -1;
    }

    @Override
    public void forward(Frame frame, int from, int to) {
        int width = frame.width;
        for (int row = from; row < to; row++) {
            int last = last(frame.context, row);
            if (last < 0) {
                Arrays.fill(frame.value, row * width, (row + 1) * width, 0);
            } else {
                System.arraycopy(frame.inputs[0], last * width, frame.value, row * width, width);
            }
        }
    }

    /** Rows share histories, so {@link #accumulate} adds up. */
    @Override
    public void backward(Frame frame, int from, int to) {}

    @Override
    public boolean accumulates() {
        return true;
    }

    @Override
    public void accumulate(Frame frame, int part, int parts) {
        int width = frame.width;
        for (int row = 0; row < frame.context.count(Axis.ROWS); row++) {
            int last = last(frame.context, row);
            if (last >= 0 && last % parts == part) {
                Runs.copy(
                        frame.context.kernels,
                        frame.gradient,
                        row * width,
                        frame.inputGradients[0],
                        last * width,
                        width,
                        true);
            }
        }
    }

    @Override
    public boolean acrossHistory() {
        return true;
    }

    @Override
    public boolean affine() {
        return false;
    }
}
