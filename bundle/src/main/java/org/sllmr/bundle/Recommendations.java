// SPDX-License-Identifier: Apache-2.0
package org.sllmr.bundle;

import java.util.List;

/**
 * An answer.
 *
 * @param items the items, the highest score first
 * @param basis what the answer rests on
 */
public record Recommendations(List<Item> items, Basis basis) {
    /** Copies the list. */
    public Recommendations {
        items = List.copyOf(items);
    }

    /**
     * An item.
     *
     * @param item its id
     * @param score the model's logit, or the blended score of a bundle of a blend; higher is better
     * @param longTail whether it is among the fifth of the catalogue with the fewest training positives
     * @param known whether training saw anyone take it
     * @param reasons the items of the history that raise the score most; empty unless asked for
     */
    public record Item(String item, float score, boolean longTail, boolean known, List<Reason> reasons) {
        /** Copies the list. */
        public Item {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * An item of the history.
     *
     * @param item its id
     * @param weight by how much the score is lower without it
     */
    public record Reason(String item, float weight) {}

    /**
     * What an answer rests on.
     *
     * @param userKnown whether the model knows the user
     * @param history the items of the history that scores depend on, the oldest first
     * @param unknownItems ids of the request that are neither in the catalogue nor among its new items; they are left out
     */
    public record Basis(boolean userKnown, List<String> history, List<String> unknownItems) {
        /** Copies the lists. */
        public Basis {
            history = List.copyOf(history);
            unknownItems = List.copyOf(unknownItems);
        }
    }
}
