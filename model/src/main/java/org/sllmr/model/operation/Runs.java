// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import org.sllmr.model.kernel.Kernels;

/** Consecutive elements. */
final class Runs {
    private Runs() {}

    /** As {@link #copy(float[], int, float[], int, int, boolean)}, for runs too short for the compiler to make SIMD of. */
    static void copy(Kernels kernels, float[] source, int from, float[] target, int to, int length, boolean add) {
        if (add) {
            kernels.add(source, from, target, to, length);
        } else {
            System.arraycopy(source, from, target, to, length);
        }
    }

    /** Copies elements, or adds them to what is there. */
    static void copy(float[] source, int from, float[] target, int to, int length, boolean add) {
        if (add) {
            for (int i = 0; i < length; i++) {
                target[to + i] += source[from + i];
            }
        } else {
            System.arraycopy(source, from, target, to, length);
        }
    }
}
