// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

/**
 * A vector for each user or item, which training does not change.
 *
 * @param name field name, unique within its side (users, items)
 * @param width floats of a vector, at least 1
 * @param values the vectors of all rows, one behind the other: {@code [rows, width]}; zeros for a row without one
 * @param origin what made the vectors, such as the hash of an encoder; "" for vectors of the dataset itself, which its
 *     hash covers
 */
public record VectorColumn(String name, int width, float[] values, String origin) {
    /** Checks that the vectors are whole and finite. */
    public VectorColumn {
        if (width < 1 || values.length % width != 0) {
            throw new IllegalArgumentException(
                    "'" + name + "': " + values.length + " floats are not vectors of " + width);
        }
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException("'" + name + "' is not finite at row " + i / width);
            }
        }
    }

    /** Number of rows. */
    public int rows() {
        return values.length / width;
    }

    /** Whether there is such a row. */
    public boolean has(int row) {
        return row >= 0 && row < rows();
    }
}
