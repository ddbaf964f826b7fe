// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

/** Numbers values in the order in which they are first seen. */
public final class VocabularyBuilder {
    private final StringIndex index = new StringIndex(0);

    /** The index of a value, which is the next free one if the value is new. */
    public int add(String value) {
        return index.add(value);
    }

    /**
     * Adds several values, one after the other; faster than one by one where there are millions.
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
