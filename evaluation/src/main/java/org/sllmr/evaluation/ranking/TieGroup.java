// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation.ranking;

/**
 * The candidates of a user with the same score, if there are positives among them.
 *
 * @param better candidates with a higher score, at least 0
 * @param tied candidates with this score, positives included, at least 1
 * @param positives how many of these are positives, at least 1
 */
public record TieGroup(int better, int tied, int positives) {
    /** Checks the counts. */
    public TieGroup {
        if (better < 0 || positives < 1 || positives > tied) {
            throw new IllegalArgumentException(
                    better + " better, " + tied + " tied, " + positives + " positives among them");
        }
    }

    /** Last place of the group, counted from 1. */
    int end() {
        return better + tied;
    }
}
