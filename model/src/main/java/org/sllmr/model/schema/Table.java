// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.schema;

import java.util.BitSet;

/**
 * An embedding table: one row a value of a vocabulary and, last, one for values out of it.
 *
 * @param name name of the field that owns it; history fields share the table of their item field
 * @param offset its first row in the row space of all tables
 * @param vocabulary number of known values
 * @param rare rows of the table whose values count as unknown; not to be changed
 * @param order the row of the table of each value of the data, where it has grown from a table of other data; empty if
 *     values and rows have the same numbers
 */
public record Table(String name, int offset, int vocabulary, BitSet rare, int[] order) {
    /** A table without rare values, whose rows have the numbers of the values. */
    public Table(String name, int offset, int vocabulary) {
        this(name, offset, vocabulary, new BitSet(), new int[0]);
    }

    /** Number of rows. */
    public int rows() {
        return vocabulary + 1;
    }

    /** Number of values of the data. */
    public int values() {
        return order.length == 0 ? vocabulary : order.length;
    }

    /**
     * The row, in the row space of all tables, of a value of the data's vocabulary; any index outside gets {@link
     * #unknown}.
     */
    public int row(int value) {
        int row = order.length == 0 ? value : value >= 0 && value < order.length ? order[value] : -1;
        return offset + (row >= 0 && row < vocabulary && !rare.get(row) ? row : vocabulary);
    }

    /** The row of unknown values, in the row space of all tables. */
    public int unknown() {
        return offset + vocabulary;
    }
}
