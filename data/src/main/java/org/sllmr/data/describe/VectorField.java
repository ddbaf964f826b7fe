// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.describe;

import org.sllmr.data.VectorColumn;

/**
 * Vectors of users or items.
 *
 * @param side {@code user} or {@code item}
 * @param name name of the field
 * @param width floats of a vector
 * @param coverage share of rows whose vector is not all zeros, 0 to 1
 */
public record VectorField(String side, String name, int width, double coverage) {
    static VectorField of(String side, VectorColumn column) {
        int pointing = 0;
        for (int row = 0; row < column.rows(); row++) {
            boolean zeros = true;
            for (int i = row * column.width(); i < (row + 1) * column.width(); i++) {
                zeros &= column.values()[i] == 0;
            }
            pointing += zeros ? 0 : 1;
        }
        return new VectorField(
                side, column.name(), column.width(), column.rows() == 0 ? 0 : (double) pointing / column.rows());
    }
}
