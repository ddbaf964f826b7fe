// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** The values of one categorical field, numbered from 0 in a fixed order. */
public final class Vocabulary {
    private final List<String> values;
    private final StringIndex index;

    /** Numbers the values in the order given. */
    public Vocabulary(List<String> values) {
        this(indexed(values));
    }

    /** Takes an index to which nothing is added any more. */
    Vocabulary(StringIndex index) {
        this.values = Collections.unmodifiableList(Arrays.asList(index.values()));
        this.index = index;
    }

    private static StringIndex indexed(List<String> values) {
        StringIndex index = new StringIndex(values.size());
        for (String value : values) {
            int before = index.size();
            if (index.add(Objects.requireNonNull(value)) < before) {
                throw new IllegalArgumentException("value '" + value + "' occurs twice");
            }
        }
        return index;
    }

    /** Number of values. */
    public int size() {
        return values.size();
    }

    /** The value of an index. */
    public String value(int index) {
        return values.get(index);
    }

    /** The index of a value, or -1 if it is unknown. */
    public int indexOf(String value) {
        return index.find(value);
    }

    /** All values in order; unmodifiable. */
    public List<String> values() {
        return values;
    }
}
