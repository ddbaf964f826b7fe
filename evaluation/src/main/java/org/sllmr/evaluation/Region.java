// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation;

/** The region of a (user, item) row: the user is cold or warm, the item in the long tail or the head. */
public enum Region {
    /** Cold user, long-tail item. */
    COLD_TAIL("cold user, tail item"),
    /** Cold user, popular item. */
    COLD_HEAD("cold user, head item"),
    /** Warm user, long-tail item. */
    WARM_TAIL("warm user, tail item"),
    /** Warm user, popular item. */
    WARM_HEAD("warm user, head item");

    private final String label;

    Region(String label) {
        this.label = label;
    }

    /** Its name in files and tables; never changes, so that old files stay readable. */
    public String label() {
        return label;
    }

    /** Whether the user is cold. */
    public boolean cold() {
        return this == COLD_TAIL || this == COLD_HEAD;
    }

    /** Whether the item is in the long tail. */
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
