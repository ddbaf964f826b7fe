// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.schema;

import java.util.BitSet;

/**
 * An embedding table: one row a value of a vocabulary and, last, one for values out of it.
 *
 * @param name name of the field that owns it; history fields share the table of their item field
 * @param offset its first row in the row space of all tables
 * @param vocabulary number of known values
 * @param rare values that count as unknown; not to be changed
 */
public record Table(String name, int offset, int vocabulary, BitSet rare) {
    /** A table without rare values. */
    public Table(String name, int offset, int vocabulary) {
        this(name, offset, vocabulary, new BitSet());
    }

    /** Number of rows. */
    public int rows() {
        return vocabulary + 1;
    }

    /** The row, in the row space of all tables, of a vocabulary index; any index outside gets {@link #unknown}. */
    public int row(int index) {
        return offset + (index >= 0 && index < vocabulary && !rare.get(index) ? index : vocabulary);
    }

    /** The row of unknown values, in the row space of all tables. */
    public int unknown() {
        return offset + vocabulary;
    }
}
