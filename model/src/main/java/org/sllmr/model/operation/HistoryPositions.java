// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import java.util.List;

/**
 * Adds to each history item a vector of its place, counted from the end of the history: the last item has place 0.
 *
 * @param positions {@code [places, width]}; items before so many have the last place's vector
 */
public record HistoryPositions(Parameter positions) implements Operation {
    @Override
    public int width(int[] inputs) {
        if (positions.shape()[1] != inputs[0]) {
            throw new IllegalArgumentException(
                    positions.name() + " has vectors of " + positions.shape()[1] + " floats, items have " + inputs[0]);
        }
        return inputs[0];
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(positions);
    }

    @Override
    public void begin(Frame frame) {
        frame.context.findHistories();
    }

    private int place(Context context, int item) {
        return Math.min(context.historyEnd[item] - 1 - item, positions.shape()[0] - 1);
    }

    @Override
    public void forward(Frame frame, int from, int to) {
        int width = frame.width;
        for (int item = from; item < to; item++) {
            int at = item * width;
            int place = positions.offset() + place(frame.context, item) * width;
            for (int i = 0; i < width; i++) {
                frame.value[at + i] = frame.inputs[0][at + i] + frame.context.parameters[place + i];
            }
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
    }

    @Override
    public boolean accumulates() {
        return true;
    }

    @Override
    public void accumulate(Frame frame, int part, int parts) {
        int width = frame.width;
        for (int item = 0; item < frame.context.historyItems; item++) {
            int place = place(frame.context, item);
            if (place % parts == part) {
                Runs.copy(
                        frame.context.kernels,
                        frame.gradient,
                        item * width,
                        frame.context.gradients,
                        positions.offset() + place * width,
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
