// SPDX-License-Identifier: Apache-2.0
package org.sllmr.bundle;

import java.util.List;
import java.util.stream.IntStream;
import org.sllmr.model.RequestScorer;
import org.sllmr.model.schema.GivenValues;

/** Cosines of what the model holds of items. */
final class Neighbours {
    private static final int BLOCK = 4096;

    private final RequestScorer scorer;
    private final int items;
    /** Embeddings of length 1, in blocks. */
    private final float[][][] units;

    Neighbours(RequestScorer scorer, int items) {
        this.scorer = scorer;
        this.items = items;
        this.units = new float[(items + BLOCK - 1) / BLOCK][][];
        for (int block = 0; block < units.length; block++) {
            int from = block * BLOCK;
            units[block] = scorer.embeddings(
                    IntStream.range(from, Math.min(items, from + BLOCK)).toArray(), List.of());
            for (float[] vector : units[block]) {
                normalise(vector);
            }
        }
    }

    /**
     * The cosine of an item with each of the catalogue; 0 where one has no direction.
     *
     * @param number of the item
     * @param given values of new items
     */
    float[] cosines(int number, List<GivenValues> given) {
        float[] vector = scorer.embeddings(new int[] {number}, given)[0];
        normalise(vector);
        float[] cosines = new float[items];
        for (int item = 0; item < items; item++) {
            float[] other = units[item / BLOCK][item % BLOCK];
            float sum = 0;
            for (int d = 0; d < vector.length; d++) {
                sum = Math.fma(vector[d], other[d], sum);
            }
            cosines[item] = sum;
        }
        return cosines;
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
