// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The values of one categorical field, numbered from 0 in a fixed order. */
public final class Vocabulary {
    private final List<String> values;
    private final Map<String, Integer> indices;

    /** Numbers the values in the order given; a value given twice is an error. */
    public Vocabulary(List<String> values) {
        this.values = List.copyOf(values);
        this.indices = new HashMap<>(values.size() * 2);
        for (int index = 0; index < this.values.size(); index++) {
            if (indices.put(this.values.get(index), index) != null) {
                throw new IllegalArgumentException("value '" + this.values.get(index) + "' stands twice");
            }
        }
    }

    /** Number of values. */
    public int size() {
        return values.size();
    }

    /** The value of an index. */
    public String value(int index) {
        return values.get(index);
    }

    /** The index of a value, or -1 for one that is unknown. */
    public int indexOf(String value) {
        return indices.getOrDefault(value, -1);
    }

    /** All values in order; unmodifiable. */
    public List<String> values() {
        return values;
    }
}
