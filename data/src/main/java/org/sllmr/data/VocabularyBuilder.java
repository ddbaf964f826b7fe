// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

/** Numbers values in the order in which they are first seen. */
public final class VocabularyBuilder {
    private final StringIndex index = new StringIndex(0);

    /** The index of a value, which is the next free one if the value is new. */
    public int add(String value) {
        return index.add(value);
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
