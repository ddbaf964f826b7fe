// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.imported;

/**
 * What the values of an imported file are.
 *
 * <p>The rank r of an item among the n items of a user's rows becomes the score 1 - (r - 1) / (n - 1): 1 for the best, 0
 * for the last. A user of whom nothing was ranked has no scores.
 */
public enum ImportForm {
    /** Scores from 0 to 1. */
    SCORES,
    /** Ranks from 1, the best; items without a rank share the places that are left, at their mean. */
    RANKS_OTHERS_LAST,
    /** Ranks from 1, the best; items without a rank have no score. */
    RANKS_ONLY;

    /** Whether values are ranks. */
    boolean ranks() {
        return this != SCORES;
    }
}
