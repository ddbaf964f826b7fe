// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

/** Consecutive elements. */
final class Runs {
    private Runs() {}

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
