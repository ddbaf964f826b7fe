// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.schema;

import org.sllmr.data.Column;

/**
 * One input of a model: a mean-pooled bag of embeddings of one table.
 *
 * @param name unique name, such as {@code item.brand}
 * @param table index of the embedding table in {@link FeatureSchema#tables()}
 * @param source where its values come from
 */
public record Field(String name, int table, Source source) {
    /** Where a field's values come from. */
    public sealed interface Source {}

    /** The user. */
    public record UserId() implements Source {}

    /**
     * A field of the user.
     *
     * @param column one row a user
     */
    public record UserColumn(Column column) implements Source {}

    /** The item. */
    public record ItemId() implements Source {}

    /**
     * A field of the item.
     *
     * @param column one row an item
     */
    public record ItemColumn(Column column) implements Source {}

    /**
     * A field of the interaction at the row's position; without values where the log does not show that interaction.
     *
     * @param column one row an interaction of the full log
     */
    public record ContextColumn(Column column) implements Source {}

    /** The last items before the row's position. */
    public record ItemHistory() implements Source {}

    /**
     * A field of the last items before the row's position.
     *
     * @param column one row an item
     */
    public record ColumnHistory(Column column) implements Source {}

    /** Whether the values are those of the last items. */
    public boolean ofHistory() {
        return source instanceof ItemHistory || source instanceof ColumnHistory;
    }

    /** Whether the values depend on the item of a row, and not on its user and position. */
    public boolean ofItem() {
        return source instanceof ItemId || source instanceof ItemColumn;
    }
}
