// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.calibration;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A part of the items by popularity, or of the users by length of history, in which a teacher's scores are used or not.
 *
 * <p>Every item is in one of the first three, every user in one of the last three.
 */
public enum Stratum {
    /** Items as rare as a long-tail item; see {@link org.sllmr.data.Popularity#longTailItems}. */
    LONG_TAIL("long-tail items"),
    /** Items that are neither rare nor popular. */
    MIDDLE("items of middling popularity"),
    /** Items as popular as one of the most popular fifth of the catalogue. */
    POPULAR("popular items"),
    /** Users with few training interactions; see {@link org.sllmr.data.ColdUsers}. */
    COLD("cold users"),
    /** Users who are not cold and have no more training interactions than their median. */
    SHORT("users with short histories"),
    /** Users who are not cold and have more training interactions than their median. */
    LONG("users with long histories");

    private final String label;

    Stratum(String label) {
        this.label = label;
    }

    /** What it is called in files and messages. */
    public String label() {
        return label;
    }

    /**
     * The stratum of a label.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Stratum of(String label) {
        return Arrays.stream(values())
                .filter(stratum -> stratum.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + label + "' is no stratum; they are: "
                        + Arrays.stream(values()).map(Stratum::label).collect(Collectors.joining(", "))));
    }

    /** Whether it is a part of the items; otherwise of the users. */
    boolean ofItems() {
        return this == LONG_TAIL || this == MIDDLE || this == POPULAR;
    }
}
