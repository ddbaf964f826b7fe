// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.signal;

/** Where a (user, item) row lies: the user cold or warm, the item in the tail or the head. */
public enum Region {
    /** Cold user, long-tail item. */
    COLD_TAIL,
    /** Cold user, popular item. */
    COLD_HEAD,
    /** Warm user, long-tail item. */
    WARM_TAIL,
    /** Warm user, popular item. */
    WARM_HEAD;

    /** Whether the user is cold. */
    public boolean cold() {
        return this == COLD_TAIL || this == COLD_HEAD;
    }

    /** Whether the item is of the long tail. */
    public boolean tail() {
        return this == COLD_TAIL || this == WARM_TAIL;
    }

    /** The region of a row. */
    public static Region of(boolean cold, boolean tail) {
        if (cold) {
            return tail ? COLD_TAIL : COLD_HEAD;
        }
        return tail ? WARM_TAIL : WARM_HEAD;
    }
}
