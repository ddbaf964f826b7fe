// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.schema;

/**
 * An embedding table: one row a value of a vocabulary and, last, one for values out of it.
 *
 * @param name name of the field that owns it; history fields share the table of their item field
 * @param offset its first row in the row space of all tables
 * @param vocabulary number of known values
 */
public record Table(String name, int offset, int vocabulary) {
    /** Number of rows. */
    public int rows() {
        return vocabulary + 1;
    }

    /** The row, in the row space of all tables, of a vocabulary index; any index outside gets the last row. */
    public int row(int index) {
        return offset + (index >= 0 && index < vocabulary ? index : vocabulary);
    }
}
