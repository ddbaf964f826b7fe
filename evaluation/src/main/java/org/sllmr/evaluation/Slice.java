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
    ALL,
    /** Rows of users with few training interactions. */
    COLD,
    /** Rows of all other users. */
    WARM,
    /** Rows whose item is a long-tail item. */
    LONG_TAIL,
    /** Rows whose item is any other item. */
    HEAD,
    /** Groups whose positive is a long-tail item. */
    LONG_TAIL_PAIRS,
    /** Groups whose positive is any other item. */
    HEAD_PAIRS
}
