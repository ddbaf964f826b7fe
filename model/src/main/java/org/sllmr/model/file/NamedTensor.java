// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.file;

/**
 * A tensor with its name.
 *
 * @param name unique name
 * @param shape lengths of the dimensions
 * @param values the values, last dimension fastest
 */
public record NamedTensor(String name, int[] shape, float[] values) {
    /** Checks that the values fill the shape. */
    public NamedTensor {
        if (size(shape) != values.length) {
            throw new IllegalArgumentException("'" + name + "' has " + values.length + " values for its shape");
        }
    }

    static long size(int[] shape) {
        long size = 1;
        for (int length : shape) {
            size *= length;
        }
        return size;
    }
}
