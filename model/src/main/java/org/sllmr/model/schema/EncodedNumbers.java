// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.schema;

/**
 * A numeric column as rows of an embedding table.
 *
 * @param name name of the column
 * @param rows table row of each row; -1 for a missing value
 * @param weights weight of that row's embedding
 */
public record EncodedNumbers(String name, int[] rows, float[] weights) {
    /** The table row of a row; -1 for a missing value, and where there is no such row. */
    public int row(int at) {
        return at >= 0 && at < rows.length ? rows[at] : -1;
    }

    /** The weight of the embedding of a row; 1 for that of a missing value. */
    public float weight(int at) {
        return at >= 0 && at < rows.length ? weights[at] : 1;
    }
}
