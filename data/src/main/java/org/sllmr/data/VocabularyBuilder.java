// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

/** Numbers values in order of first appearance. */
public final class VocabularyBuilder {
    private final StringIndex index = new StringIndex(0);

    /** The index of a value; a new value gets the next free index. */
    public int add(String value) {
        return index.add(value);
    }

    /**
     * Adds several values in order; faster than one by one for millions of values.
     *
     * @param values to add: the first {@code count} of them
     * @param numbers receives the index of each
     */
    public void add(String[] values, int count, int[] numbers) {
        index.add(values, count, numbers);
    }

    /** Number of different values so far. */
    public int size() {
        return index.size();
    }

    /** The values so far, as a vocabulary. */
    public Vocabulary build() {
        return new Vocabulary(new StringIndex(index));
    }
}
