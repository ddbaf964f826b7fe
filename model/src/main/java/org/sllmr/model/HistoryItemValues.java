// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.sllmr.model.kernel.Products;

/** What is computed of history items alone: for each value a vector an item. */
final class HistoryItemValues {
    private final List<Integer> widths;
    private final List<float[]> values;

    /**
     * Memory for that many items.
     *
     * @param widths floats of a vector, by value
     */
    HistoryItemValues(int items, List<Integer> widths) {
        this.widths = widths;
        this.values = widths.stream()
                .map(width -> new float[Math.multiplyExact(items, width) + Products.SLACK])
                .toList();
    }

    /**
     * Sets the vectors of consecutive items; several threads may set different ones.
     *
     * @param of for each value {@code [count, floats]}
     */
    void set(int first, int count, List<float[]> of) {
        for (int value = 0; value < widths.size(); value++) {
            int width = widths.get(value);
            System.arraycopy(of.get(value), 0, values.get(value), first * width, count * width);
        }
    }

    /** Copies of the vectors of items {@code [from, to)}, as in {@link #of(int[])}. */
    List<float[]> of(int from, int to) {
        return of(IntStream.range(from, to).toArray());
    }

    /** Copies of the vectors of some items: for each value {@code [items, floats]}, with slack behind it. */
    List<float[]> of(int[] items) {
        List<float[]> picked = new ArrayList<>();
        for (int value = 0; value < widths.size(); value++) {
            int width = widths.get(value);
            float[] array = new float[items.length * width + Products.SLACK];
            for (int i = 0; i < items.length; i++) {
                System.arraycopy(values.get(value), items[i] * width, array, i * width, width);
            }
            picked.add(array);
        }
        return picked;
    }
}
