// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation;

/**
 * A part of the samples that is evaluated by itself.
 *
 * <p>A slice by samples contains single rows; a slice by pairs contains whole groups of a positive with its negatives.
 * On long-tail <em>samples</em> it is enough to score rare positives above rare negatives. On long-tail <em>pairs</em>
 * a rare positive must score above negatives of any popularity, which is harder, and is what a ranking over the whole
 * catalogue requires.
 */
public enum Slice {
    /** Every row. */
    ALL("Overall", "overall"),
    /** Rows of users with few training interactions. */
    COLD("Cold users", "for cold users"),
    /** Rows of all other users. */
    WARM("Warm users", "for warm users"),
    /** Rows with a long-tail item. */
    LONG_TAIL("Long-tail samples", "on long-tail samples"),
    /** Rows with any other item. */
    HEAD("Head samples", "on head samples"),
    /** Groups whose positive is a long-tail item. */
    LONG_TAIL_PAIRS("Long-tail pairs", "on long-tail pairs"),
    /** Groups whose positive is any other item. */
    HEAD_PAIRS("Head pairs", "on head pairs"),
    /** Rows of users that training does not know. */
    NEW_USERS("New users", "for new users"),
    /** Rows with an item that training does not know. */
    NEW_ITEMS("New items", "on new items"),
    /** Groups whose positive is an item that training does not know. */
    NEW_ITEM_PAIRS("New-item pairs", "on new-item pairs");

    private final String title;
    private final String where;

    Slice(String title, String where) {
        this.title = title;
        this.where = where;
    }

    /** Whether it holds what training does not know. */
    public boolean isNew() {
        return this == NEW_USERS || this == NEW_ITEMS || this == NEW_ITEM_PAIRS;
    }

    /** Its name as a heading, such as {@code Cold users}. */
    public String title() {
        return title;
    }

    /** Its name within a sentence about a change, such as {@code for cold users}. */
    public String where() {
        return where;
    }
}
