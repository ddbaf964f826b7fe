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
 * @param positions for vectors of users that were made from their first interactions: of how many, so that only rows at
 *     that position and later may read them; empty if every row may
 */
@SuppressWarnings("ArrayRecordComponent") // never changed
public record VectorColumn(String name, int width, float[] values, String origin, int[] positions) {
    private static final int[] ANY = {};

    /** Vectors that every row may read. */
    public VectorColumn(String name, int width, float[] values, String origin) {
        this(name, width, values, origin, ANY);
    }

    /** Checks that the vectors are whole and finite. */
    public VectorColumn {
        if (width < 1 || values.length % width != 0) {
            throw new IllegalArgumentException(
                    "'" + name + "': " + values.length + " floats are not vectors of " + width);
        }
        if (positions.length > 0 && positions.length != values.length / width) {
            throw new IllegalArgumentException(
                    "'" + name + "': " + positions.length + " positions of " + values.length / width + " vectors");
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

    /** Whether there is such a row, and what is at a position may read it. */
    public boolean has(int row, int position) {
        return has(row) && (positions.length == 0 || position >= positions[row]);
    }
}
