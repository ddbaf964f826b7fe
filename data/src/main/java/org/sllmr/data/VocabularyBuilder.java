// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers values in the order in which they are first seen. */
public final class VocabularyBuilder {
    private final Map<String, Integer> indices = new HashMap<>();
    private final List<String> values = new ArrayList<>();

    /** The index of a value, which is the next free one if the value is new. */
    public int add(String value) {
        Integer known = indices.putIfAbsent(value, values.size());
        if (known != null) {
            return known;
        }
        values.add(value);
        return values.size() - 1;
    }

    /** Number of different values so far. */
    public int size() {
        return values.size();
    }

    /** The values so far, as a vocabulary. */
    public Vocabulary build() {
        return new Vocabulary(values);
    }
}
