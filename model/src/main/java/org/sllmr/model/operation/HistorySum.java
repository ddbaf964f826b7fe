// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import java.util.List;
import org.sllmr.model.kernel.Functions;

/** For each pair, the sum of its own vector, that of its row, and that of its history item. */
public record HistorySum() implements Operation {
    @Override
    public int width(int[] inputs) {
        if (inputs[0] != inputs[1] || inputs[0] != inputs[2]) {
            throw new IllegalArgumentException(
                    "pairs of " + inputs[0] + ", rows of " + inputs[1] + ", history items of " + inputs[2] + " floats");
        }
        return inputs[0];
    }

    @Override
    public Axis axis(List<Axis> inputs) {
        return Axis.PAIRS;
    }

    @Override
    public void forward(Frame frame, int from, int to) {
        int width = frame.width;
        if (frame.context.allPairs) {
            wholeRows(frame, from, to);
            return;
        }
        for (int pair = from; pair < to; pair++) {
            int row = frame.context.rowOf[pair] * width;
            int item = frame.context.itemOf[pair] * width;
            int at = pair * width;
            for (int i = 0; i < width; i++) {
                frame.value[at + i] = (frame.inputs[0][at + i] + frame.inputs[1][row + i]) + frame.inputs[2][item + i];
            }
        }
    }

    /** The sums of all pairs of some rows. */
    private static void wholeRows(Frame frame, int from, int to) {
        Functions functions = frame.context.functions;
        int width = frame.width;
        int items = frame.context.historyItems;
        for (int pair = from; pair < to; pair += items) {
            int at = pair * width;
            int row = pair / items * width;
            functions.sum(frame.inputs[0], at, frame.inputs[1], row, 0, frame.value, at, items, width, false);
            functions.sum(frame.value, at, frame.inputs[2], 0, width, frame.value, at, items, width, false);
        }
    }

    @Override
    public void backward(Frame frame, int from, int to) {
        int width = frame.width;
        Runs.copy(
                frame.context.kernels,
                frame.gradient,
                from * width,
                frame.inputGradients[0],
                from * width,
                (to - from) * width,
                frame.adds[0]);
        for (int pair = from; pair < to; pair++) {
            Runs.copy(
                    frame.context.kernels,
                    frame.gradient,
                    pair * width,
                    frame.inputGradients[1],
                    frame.context.rowOf[pair] * width,
                    width,
                    true);
        }
    }

    @Override
    public boolean accumulates() {
        return true;
    }

    @Override
    public void accumulate(Frame frame, int part, int parts) {
        int width = frame.width;
        Context context = frame.context;
        for (int pair = 0; pair < context.pairs; pair++) {
            if (context.itemOf[pair] % parts == part) {
                Runs.copy(
                        frame.context.kernels,
                        frame.gradient,
                        pair * width,
                        frame.inputGradients[2],
                        context.itemOf[pair] * width,
                        width,
                        true);
            }
        }
    }

    @Override
    public boolean affine() {
        return true;
    }
}
