// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.schema;

import java.util.List;

/**
 * The items' texts as inputs: vectors that a sentence encoder makes of them.
 *
 * @param use whether the model sees the texts
 * @param columns the columns of an item's text, in this order; empty for all text columns, then all categorical fields
 * @param parts which fields are made of the vectors
 */
public record TextSettings(boolean use, List<String> columns, VectorParts parts) {
    /** Name of the item vectors that texts become. */
    public static final String VECTORS = "text";

    /** Copies the list. */
    public TextSettings {
        columns = List.copyOf(columns);
    }

    /** No texts; once they are used, all columns and all parts. */
    public static TextSettings defaults() {
        return new TextSettings(false, List.of(), VectorParts.all());
    }
}
