// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.List;

/** One row of a table; valid only until the next one is visited. */
interface Row {
    /** Number of the row in its table, from 0. */
    long number();

    /** The values of the requested column with an index: none if missing, several if the source has a list. */
    List<String> values(int column);

    /** The elements of a list in its order: as {@link #values}, but with "" for each that is missing. */
    default List<String> elements(int column) {
        return values(column);
    }

    /** The values as one string, "" if missing. */
    default String text(int column) {
        List<String> values = values(column);
        return values.size() == 1 ? values.get(0) : String.join(", ", values);
    }
}
