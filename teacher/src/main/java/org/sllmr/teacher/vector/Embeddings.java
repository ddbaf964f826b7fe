// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.vector;

/**
 * A vector of norm 1 for each item with text.
 *
 * @param dimension dimension of a vector
 * @param present whether an item has a vector: {@code [items]}
 * @param values the vectors of all items in order: {@code [items * dimension]}; 0 for items without a vector
 */
public record Embeddings(int dimension, boolean[] present, float[] values) {
    /** Checks that the columns agree. */
    public Embeddings {
        if ((long) present.length * dimension != values.length) {
            throw new IllegalArgumentException(values.length + " values for " + present.length + " vectors of length "
                    + dimension + "; at most " + Integer.MAX_VALUE / Math.max(1, dimension) + " items are possible");
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
