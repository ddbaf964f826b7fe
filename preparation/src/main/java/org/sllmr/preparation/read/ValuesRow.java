// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.List;

/** A row of lists of values, with "" for a missing one. */
record ValuesRow(long number, List<List<String>> cells) implements Row {
    @Override
    public List<String> values(int column) {
        return present(cells.get(column));
    }

    @Override
    public List<String> elements(int column) {
        return cells.get(column);
    }

    /** The values without those that are missing. */
    static List<String> present(List<String> values) {
        return values.contains("")
                ? values.stream().filter(value -> !value.isEmpty()).toList()
                : values;
    }
}
