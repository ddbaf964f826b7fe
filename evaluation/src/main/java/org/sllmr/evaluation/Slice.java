// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation;

/**
 * A part of the samples on which a model is judged by itself.
 *
 * <p>A slice by samples takes single rows; a slice by pairs takes whole groups, a positive with its negatives. On
 * long-tail <em>samples</em> a model already gains by scoring rare positives above rare negatives; on long-tail
 * <em>pairs</em> it must score a rare positive above negatives of any popularity, which is harder, and is what a ranking
 * over the whole catalogue asks for.
 */
public enum Slice {
    /** Every row. */
    ALL("Overall", "overall"),
    /** Rows of users with few training interactions. */
    COLD("Cold users", "for cold users"),
    /** Rows of all other users. */
    WARM("Warm users", "for warm users"),
    /** Rows whose item is a long-tail item. */
    LONG_TAIL("Long-tail samples", "on long-tail samples"),
    /** Rows whose item is any other item. */
    HEAD("Head samples", "on head samples"),
    /** Groups whose positive is a long-tail item. */
    LONG_TAIL_PAIRS("Long-tail pairs", "on long-tail pairs"),
    /** Groups whose positive is any other item. */
    HEAD_PAIRS("Head pairs", "on head pairs");

    private final String title;
    private final String where;

    Slice(String title, String where) {
        this.title = title;
        this.where = where;
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
