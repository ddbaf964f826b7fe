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
            for (int item = 0; item < count; item++) {
                int to = (first + item) * candidates * width;
                copy(of.get(value), item * width, count * width, values.get(value), to, width, with, width);
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
            int step = items.length * width;
            float[] array = new float[count * step + Products.SLACK];
            for (int item = 0; item < items.length; item++) {
                int from = (items[item] * candidates + candidate) * width;
                copy(values.get(value), from, width, array, item * width, step, count, width);
            }
            picked.add(array);
        }
        return picked;
    }

    /** Copies vectors that are {@code fromStep} floats apart to places that are {@code toStep} apart. */
    private static void copy(
            float[] source, int from, int fromStep, float[] target, int to, int toStep, int vectors, int width) {
        for (int i = 0; i < width; i++) {
            int read = from + i;
            int write = to + i;
            for (int vector = 0; vector < vectors; vector++) {
                target[write] = source[read];
                read += fromStep;
                write += toStep;
            }
        }
    }
}
