// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.schema;

import java.util.Optional;

/**
 * Which vectors are what is known of users and items, besides the fields that a backbone sees.
 *
 * @param itemVectors name of the dataset's item vectors; none: vectors of the items' texts
 * @param userVectors name of the dataset's user vectors; none: the mean of the item vectors of a row's history
 */
public record KnowledgeSource(Optional<String> itemVectors, Optional<String> userVectors) {
    /** Name of the user's field. */
    public static final String USER = "knowledge.user";
    /** Name of the item's field. */
    public static final String ITEM = "knowledge.item";

    /** Name of an example's label. */
    public static final String LABEL = "knowledge.label";

    /** Whether vectors of the items' texts are read. */
    public boolean ofTexts() {
        return itemVectors.isEmpty();
    }
}
