// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

/**
 * One numeric field of users, items or interactions.
 *
 * @param name field name, unique within its side (users, items, context)
 * @param values one finite number a row, or NaN for a missing value
 */
public record NumberColumn(String name, float[] values) {
    /** Checks that the numbers are finite. */
    public NumberColumn {
        for (int row = 0; row < values.length; row++) {
            if (Float.isInfinite(values[row])) {
                throw new IllegalArgumentException("'" + name + "' is infinite at row " + row);
            }
        }
    }

    /** Number of rows. */
    public int rows() {
        return values.length;
    }

    /** The value of a row; NaN if it is missing, or if there is no such row. */
    public float value(int row) {
        return row >= 0 && row < values.length ? values[row] : Float.NaN;
    }
}
