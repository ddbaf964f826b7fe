// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.schema;

import java.util.Optional;

/**
 * Which vectors are what is known of users and items, besides the fields that a backbone sees.
 *
 * @param itemVectors name of the dataset's item vectors; none: vectors of the items' texts
 * @param userVectors name of the dataset's user vectors; none: the mean of the item vectors of a row's history
 * @param chains which vectors are chains of thought of the examples that a row reads
 */
public record KnowledgeSource(Optional<String> itemVectors, Optional<String> userVectors, Chains chains) {
    /** What explains the label of an example. */
    public enum Chains {
        /** Nothing. */
        NONE,
        /**
         * Nothing that knows the label: the direction of the vectors of the example's item and of its history together, in place
         * of a text about both.
         */
        ITEM_TEXTS,
        /** A text that a language model wrote of the sample. */
        WRITTEN
    }

    /** Name of the user's field. */
    public static final String USER = "knowledge.user";
    /** Name of the item's field. */
    public static final String ITEM = "knowledge.item";

    /** Name of an example's chain of thought. */
    public static final String CHAIN = "knowledge.chain";

    /** Name of an example's label. */
    public static final String LABEL = "knowledge.label";

    /** Without chains of thought. */
    public KnowledgeSource(Optional<String> itemVectors, Optional<String> userVectors) {
        this(itemVectors, userVectors, Chains.NONE);
    }

    /** Whether vectors of the items' texts are read. */
    public boolean ofTexts() {
        return itemVectors.isEmpty();
    }
}
