// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.visit;

import org.sllmr.configuration.Checks;

/**
 * Whether and how a model sees which items are visited from the last items.
 *
 * @param use whether it does
 * @param historyLength L, the number of a user's last items that count, 1 to 1,000; 10 in the paper of S-LLMR, Section 3.1
 * @param neighbours T, how many items visited most are an item's neighbours, 1 to 10,000; 50 in PinSage (Ying et al. 2018,
 *     Section 4.2)
 * @param longest how many of a user's last training interactions are walked over, 1 to 10,000
 * @param folds how many parts the users are dealt into; a training row sees walks over users of the other parts, 2 to 100
 */
public record VisitInputs(boolean use, int historyLength, int neighbours, int longest, int folds) {
    /** Name of the column, and so of the field. */
    public static final String NAME = "visits";

    /** Checks the ranges. */
    public VisitInputs {
        new Checks()
                .between("historyLength", historyLength, 1, 1000)
                .between("neighbours", neighbours, 1, 10_000)
                .between("longest", longest, 1, 10_000)
                .between("folds", folds, 2, 100)
                .done();
    }

    /** Not used; once they are, 10 items, 50 neighbours, the last 200 interactions, and 5 folds. */
    public static VisitInputs defaults() {
        return new VisitInputs(false, 10, 50, 200, 5);
    }
}
