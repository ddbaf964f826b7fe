// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

/**
 * A named part of a flat block of floats.
 *
 * @param name unique name, such as {@code mlp.0.weight}
 * @param shape lengths of the dimensions
 * @param offset its first float in the block
 */
@SuppressWarnings("ArrayRecordComponent") // never changed
public record Parameter(String name, int[] shape, int offset) {
    /** Number of floats. */
    public int size() {
        int size = 1;
        for (int length : shape) {
            size = Math.multiplyExact(size, length);
        }
        return size;
    }

    /** Length of a dimension. */
    public int length(int dimension) {
        return shape[dimension];
    }
}
