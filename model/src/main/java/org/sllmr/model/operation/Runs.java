// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import org.sllmr.model.kernel.Kernels;

/** Consecutive elements. */
final class Runs {
    private Runs() {}

    /** Copies elements, or adds them to what is there. */
    static void copy(Kernels kernels, float[] source, int from, float[] target, int to, int length, boolean add) {
        if (add) {
            kernels.add(source, from, target, to, length);
        } else {
            System.arraycopy(source, from, target, to, length);
        }
    }
}
