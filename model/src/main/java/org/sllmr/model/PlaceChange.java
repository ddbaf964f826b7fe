// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.List;

/**
 * Some numbers as steps in one of several places have left them.
 *
 * @param blocks weights, first and second moments
 * @param at where the numbers begin in the blocks
 * @param rest what they had been there without gradients, in such blocks
 * @param restAt where that begins
 */
record PlaceChange(List<float[]> blocks, int at, List<float[]> rest, int restAt) {
    static final int WEIGHTS = 0;
    static final int FIRST = 1;
    static final int SECOND = 2;

    private double value(int block, int index) {
        return blocks.get(block)[at + index];
    }

    /** What gradients have added. */
    private double added(int block, int index) {
        return value(block, index) - rest.get(block)[restAt + index];
    }

    /**
     * Puts the numbers of all places together; see {@link ChangesTogether}.
     *
     * @param rest what they are without gradients, in blocks
     * @param restAt where that begins
     * @param to the blocks for the result
     * @param at where it begins
     */
    static void put(PlaceChange[] places, List<float[]> rest, int restAt, int length, List<float[]> to, int at) {
        for (int index = 0; index < length; index++) {
            double first = rest.get(FIRST)[restAt + index];
            double second = rest.get(SECOND)[restAt + index];
            for (PlaceChange place : places) {
                first += place.added(FIRST, index);
                second += place.added(SECOND, index);
            }
            double weight = rest.get(WEIGHTS)[restAt + index];
            for (PlaceChange place : places) {
                double own = place.value(SECOND, index);
                weight += place.added(WEIGHTS, index) * (own < second ? Math.sqrt(own / second) : 1);
            }
            to.get(WEIGHTS)[at + index] = (float) weight;
            to.get(FIRST)[at + index] = (float) first;
            to.get(SECOND)[at + index] = (float) Math.max(0, second);
        }
    }
}
