// SPDX-License-Identifier: Apache-2.0
package org.sllmr.bundle;

import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.sllmr.data.concurrent.Deadline;
import org.sllmr.model.RequestScorer;
import org.sllmr.model.schema.GivenValues;

/** Cosines of what the model holds of items. Thread-safe. */
final class Neighbours {
    private static final int BLOCK = 1024;

    private final RequestScorer scorer;
    private final int items;
    /** Embeddings of length 1, in blocks that are made when they are first needed; threads that make one make the same. */
    private final AtomicReferenceArray<float[][]> units;

    Neighbours(RequestScorer scorer, int items) {
        this.scorer = scorer;
        this.items = items;
        this.units = new AtomicReferenceArray<>((items + BLOCK - 1) / BLOCK);
    }

    /**
     * The cosine of an item with each of the catalogue; 0 where one has no direction.
     *
     * @param number of the item
     * @param given values of new items
     * @param deadline asked before each block; blocks that were made by then are kept for the next request
     */
    float[] cosines(int number, List<GivenValues> given, Deadline deadline) {
        deadline.check();
        float[] vector = scorer.embeddings(new int[] {number}, given)[0];
        normalise(vector);
        float[] cosines = new float[items];
        for (int block = 0; block < units.length(); block++) {
            deadline.check();
            float[][] others = units(block);
            for (int at = 0; at < others.length; at++) {
                float sum = 0;
                for (int d = 0; d < vector.length; d++) {
                    sum = Math.fma(vector[d], others[at][d], sum);
                }
                cosines[block * BLOCK + at] = sum;
            }
        }
        return cosines;
    }

    private float[][] units(int block) {
        float[][] known = units.get(block);
        if (known == null) {
            int from = block * BLOCK;
            known = scorer.embeddings(
                    IntStream.range(from, Math.min(items, from + BLOCK)).toArray(), List.of());
            for (float[] vector : known) {
                normalise(vector);
            }
            units.set(block, known);
        }
        return known;
    }

    private static void normalise(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        double factor = squares > 0 ? 1 / Math.sqrt(squares) : 0;
        for (int d = 0; d < vector.length; d++) {
            vector[d] = (float) (vector[d] * factor);
        }
    }
}
