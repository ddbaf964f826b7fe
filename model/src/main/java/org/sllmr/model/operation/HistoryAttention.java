// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import java.util.Arrays;

/**
 * Attention of each history item to itself and the items before it (SASRec, Kang and McAuley 2018, equations 2 and 4). A
 * vector is {@code [3, heads, size]}: query, key and value; the result's is {@code [heads, size]}. Products are divided by
 * the root of the size.
 *
 * <p>Each item of the result, and in the backward pass each item's derivatives, are computed by themselves, in the order of
 * the items.
 *
 * @param heads number of heads
 * @param size floats of a query, key or value in one head
 * @param longest most items of a history
 */
public record HistoryAttention(int heads, int size, int longest) implements Operation {
    @Override
    public int width(int[] inputs) {
        if (inputs[0] != 3 * heads * size) {
            throw new IllegalArgumentException(
                    "attention in " + heads + " heads of " + size + " floats over items of " + inputs[0]);
        }
        return heads * size;
    }

    /** Items read others of their history. */
    @Override
    public boolean synchronizes(boolean training) {
        return true;
    }

    /** Attention weights. */
    @Override
    public int kept(int width) {
        return heads * longest;
    }

    @Override
    public boolean readsResult() {
        return true;
    }

    @Override
    public void begin(Frame frame) {
        frame.context.findHistories();
    }

    private int query(int item, int head) {
        return (3 * item * heads + head) * size;
    }

    private int key(int item, int head) {
        return query(item, heads + head);
    }

    private int value(int item, int head) {
        return query(item, 2 * heads + head);
    }

    private int weights(int item, int head) {
        return (item * heads + head) * longest;
    }

    @Override
    public void forward(Frame frame, int from, int to) {
        Context context = frame.context;
        float[] x = frame.inputs[0];
        float[] kept = frame.kept;
        float scale = (float) (1 / Math.sqrt(size));
        for (int item = from; item < to; item++) {
            int start = context.historyStart[item];
            int count = item - start + 1;
            for (int head = 0; head < heads; head++) {
                int at = weights(item, head);
                for (int i = 0; i < count; i++) {
                    kept[at + i] = scale * context.products.dot(x, query(item, head), x, key(start + i, head), size);
                }
                Segments.softmax(context.functions, kept, kept, at, at + count, count);
                int target = (item * heads + head) * size;
                Arrays.fill(frame.value, target, target + size, 0);
                for (int i = 0; i < count; i++) {
                    context.products.addScaled(kept[at + i], x, value(start + i, head), frame.value, target, size);
                }
            }
        }
    }

    @Override
    public void backward(Frame frame, int from, int to) {
        Context context = frame.context;
        float[] target = frame.inputGradients[0];
        if (!frame.adds[0]) {
            Arrays.fill(target, from * frame.widths[0], to * frame.widths[0], 0);
        }
        for (int item = from; item < to; item++) {
            for (int head = 0; head < heads; head++) {
                for (int other = context.historyStart[item]; other <= item; other++) {
                    addScaled(frame, slope(frame, item, other, head), key(other, head), query(item, head));
                }
                for (int later = item; later < context.historyEnd[item]; later++) {
                    addScaled(frame, slope(frame, later, item, head), query(later, head), key(item, head));
                    int upstream = (later * heads + head) * size;
                    float weight = frame.kept[weights(later, head) + item - context.historyStart[item]];
                    context.products.addScaled(weight, frame.gradient, upstream, target, value(item, head), size);
                }
            }
        }
    }

    private void addScaled(Frame frame, float factor, int from, int to) {
        frame.context.products.addScaled(factor, frame.inputs[0], from, frame.inputGradients[0], to, size);
    }

    /** The derivative by the product of an item's query with the key of an item before it, or its own, without the scale. */
    private float slope(Frame frame, int item, int other, int head) {
        int upstream = (item * heads + head) * size;
        float mean = frame.context.products.dot(frame.gradient, upstream, frame.value, upstream, size);
        float own = frame.context.products.dot(frame.gradient, upstream, frame.inputs[0], value(other, head), size);
        float weight = frame.kept[weights(item, head) + other - frame.context.historyStart[item]];
        return (float) (1 / Math.sqrt(size)) * weight * (own - mean);
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
