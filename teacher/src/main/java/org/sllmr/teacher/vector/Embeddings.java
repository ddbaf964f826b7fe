// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.vector;

/**
 * One vector of length 1 an item, or none for an item without text.
 *
 * @param dimension length of a vector
 * @param present whether an item has a vector: {@code [items]}
 * @param values the vectors, one after the other: {@code [items * dimension]}; those of absent items are all 0
 */
public record Embeddings(int dimension, boolean[] present, float[] values) {
    /** Checks that the columns agree. */
    public Embeddings {
        if ((long) present.length * dimension != values.length) {
            throw new IllegalArgumentException(values.length + " values for " + present.length + " vectors of length "
                    + dimension + "; at most " + Integer.MAX_VALUE / Math.max(1, dimension) + " items can be held");
        }
    }

    /** Number of items, with or without a vector. */
    public int items() {
        return present.length;
    }

    /** Number of items with a vector. */
    public int embedded() {
        int count = 0;
        for (boolean here : present) {
            count += here ? 1 : 0;
        }
        return count;
    }

    /** Index of an item's first value. */
    int at(int item) {
        return item * dimension;
    }
}
