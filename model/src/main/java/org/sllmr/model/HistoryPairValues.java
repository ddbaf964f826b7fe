// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.ArrayList;
import java.util.List;
import org.sllmr.model.kernel.Products;

/** What is computed of history items with some candidates: for each value a vector a history item and candidate. */
final class HistoryPairValues {
    private final int candidates;
    private final List<Integer> widths;
    /** For each value {@code [history items, candidates, floats]}. */
    private final List<float[]> values;

    /**
     * Memory for that many history items with that many candidates.
     *
     * @param widths floats of a vector, by value
     */
    HistoryPairValues(int items, int candidates, List<Integer> widths) {
        this.candidates = candidates;
        this.widths = widths;
        this.values = widths.stream()
                .map(width -> new float[Math.multiplyExact(Math.multiplyExact(items, candidates), width)])
                .toList();
    }

    /**
     * Sets the vectors of consecutive history items; several threads may set different ones.
     *
     * @param with number of candidates, the first ones
     * @param of for each value {@code [with, count, floats]}
     */
    void set(int first, int count, int with, List<float[]> of) {
        for (int value = 0; value < widths.size(); value++) {
            int width = widths.get(value);
            float[] source = of.get(value);
            float[] target = values.get(value);
            for (int item = 0; item < count; item++) {
                for (int candidate = 0; candidate < with; candidate++) {
                    int from = (candidate * count + item) * width;
                    int to = ((first + item) * candidates + candidate) * width;
                    for (int i = 0; i < width; i++) {
                        target[to + i] = source[from + i];
                    }
                }
            }
        }
    }

    /**
     * Copies of the vectors of some history items with consecutive candidates.
     *
     * @return for each value {@code [count, items, floats]}, with slack behind it
     */
    List<float[]> of(int[] items, int candidate, int count) {
        List<float[]> picked = new ArrayList<>();
        for (int value = 0; value < widths.size(); value++) {
            int width = widths.get(value);
            float[] source = values.get(value);
            float[] array = new float[count * items.length * width + Products.SLACK];
            for (int item = 0; item < items.length; item++) {
                int from = (items[item] * candidates + candidate) * width;
                for (int row = 0; row < count; row++) {
                    for (int i = 0; i < width; i++) {
                        array[(row * items.length + item) * width + i] = source[from + row * width + i];
                    }
                }
            }
            picked.add(array);
        }
        return picked;
    }
}
