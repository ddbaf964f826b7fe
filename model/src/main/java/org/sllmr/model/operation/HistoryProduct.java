// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import java.util.List;

/** For each pair, the products of the elements of its row and of its history item. */
public record HistoryProduct() implements Operation {
    @Override
    public int width(int[] inputs) {
        if (inputs[0] != inputs[1]) {
            throw new IllegalArgumentException("rows of " + inputs[0] + " times history items of " + inputs[1]);
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
        float[] rows = frame.inputs[0];
        float[] items = frame.inputs[1];
        for (int pair = from; pair < to; pair++) {
            int row = frame.context.rowOf[pair] * width;
            int item = frame.context.itemOf[pair] * width;
            int at = pair * width;
            for (int i = 0; i < width; i++) {
                frame.value[at + i] = rows[row + i] * items[item + i];
            }
        }
    }

    @Override
    public void backward(Frame frame, int from, int to) {
        int width = frame.width;
        float[] items = frame.inputs[1];
        float[] target = frame.inputGradients[0];
        for (int pair = from; pair < to; pair++) {
            int row = frame.context.rowOf[pair] * width;
            int item = frame.context.itemOf[pair] * width;
            int at = pair * width;
            for (int i = 0; i < width; i++) {
                target[row + i] += frame.gradient[at + i] * items[item + i];
            }
        }
    }

    @Override
    public boolean accumulates() {
        return true;
    }

    @Override
    public void accumulate(Frame frame, int part, int parts) {
        int width = frame.width;
        float[] rows = frame.inputs[0];
        float[] target = frame.inputGradients[1];
        Context context = frame.context;
        for (int pair = 0; pair < context.pairs; pair++) {
            if (context.itemOf[pair] % parts != part) {
                continue;
            }
            int row = context.rowOf[pair] * width;
            int item = context.itemOf[pair] * width;
            int at = pair * width;
            for (int i = 0; i < width; i++) {
                target[item + i] += frame.gradient[at + i] * rows[row + i];
            }
        }
    }

    @Override
    public boolean affine() {
        return false;
    }
}
