// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import java.util.List;

/**
 * For each pair, the product of the matrix of its history item with the vector of its row; every row has every item. The inputs
 * are the rows' vectors and the items' matrices {@code [out, in]}.
 *
 * @param out number of outputs
 */
public record HistoryMaps(int out) implements RankingOperation {
    /** The matrices as a right matrix, made when a pass begins. */
    private static final class Work {
        private float[] packed = new float[0];
    }

    @Override
    public int width(int[] inputs) {
        return out;
    }

    @Override
    public Axis axis(List<Axis> inputs) {
        return Axis.PAIRS;
    }

    @Override
    public Object newWork() {
        return new Work();
    }

    @Override
    public void begin(Frame frame) {
        Work work = (Work) frame.work();
        int columns = frame.context.historyItems * out;
        int size = frame.context.products.packedSize(frame.widths[0], columns);
        if (work.packed.length < size) {
            work.packed = new float[2 * size];
        }
        frame.context.products.pack(frame.inputs[1], 0, frame.widths[0], columns, work.packed, 0);
    }

    @Override
    public void forward(Frame frame, int from, int to) {
        int items = frame.context.historyItems;
        if (items == 0) {
            return;
        }
        int in = frame.widths[0];
        int columns = items * out;
        int rows = (to - from) / items;
        int first = from / items;
        Work work = (Work) frame.work();
        frame.context.products.multiplyPacked(
                frame.inputs[0],
                first * in,
                in,
                work.packed,
                0,
                frame.value,
                first * columns,
                columns,
                rows,
                in,
                columns,
                false);
    }
}
