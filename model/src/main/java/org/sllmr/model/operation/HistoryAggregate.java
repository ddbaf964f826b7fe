// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import java.util.Arrays;
import java.util.List;

/**
 * For each row, the sum of its history items, each times the one float of its pair; zeros for a row without history. The
 * inputs are the pairs' floats and the items.
 */
public record HistoryAggregate() implements Operation {
    @Override
    public int width(int[] inputs) {
        if (inputs[0] != 1) {
            throw new IllegalArgumentException("weights of " + inputs[0] + " floats, not 1");
        }
        return inputs[1];
    }

    @Override
    public Axis axis(List<Axis> inputs) {
        return Axis.ROWS;
    }

    @Override
    public void forward(Frame frame, int from, int to) {
        int width = frame.width;
        Context context = frame.context;
        if (context.allPairs) {
            int items = context.historyItems;
            context.products.multiply(
                    frame.inputs[0],
                    from * items,
                    items,
                    frame.inputs[1],
                    0,
                    width,
                    frame.value,
                    from * width,
                    width,
                    to - from,
                    items,
                    width,
                    false);
            return;
        }
        Arrays.fill(frame.value, from * width, to * width, 0);
        for (int pair = context.pairStart[from]; pair < context.pairStart[to]; pair++) {
            context.products.addScaled(
                    frame.inputs[0][pair],
                    frame.inputs[1],
                    context.itemOf[pair] * width,
                    frame.value,
                    context.rowOf[pair] * width,
                    width);
        }
    }

    @Override
    public void backward(Frame frame, int from, int to) {
        int width = frame.width;
        Context context = frame.context;
        for (int pair = context.pairStart[from]; pair < context.pairStart[to]; pair++) {
            frame.inputGradients[0][pair] += context.products.dot(
                    frame.gradient, context.rowOf[pair] * width, frame.inputs[1], context.itemOf[pair] * width, width);
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
                context.products.addScaled(
                        frame.inputs[0][pair],
                        frame.gradient,
                        context.rowOf[pair] * width,
                        frame.inputGradients[1],
                        context.itemOf[pair] * width,
                        width);
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
