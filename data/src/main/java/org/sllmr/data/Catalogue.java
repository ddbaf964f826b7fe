// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import java.util.List;
import java.util.Optional;

/**
 * The items: their ids, categorical fields, and text.
 *
 * @param ids item ids as the source gives them
 * @param fields categorical fields, one row per item
 * @param texts text fields such as the title, one string per item, "" where the source has none
 */
public record Catalogue(Vocabulary ids, List<Column> fields, List<TextColumn> texts) {
    /** Checks that every field has a row for each item. */
    public Catalogue {
        fields = List.copyOf(fields);
        texts = List.copyOf(texts);
        for (Column field : fields) {
            if (field.rows() != ids.size()) {
                throw new IllegalArgumentException(
                        "field '" + field.name() + "' has " + field.rows() + " rows for " + ids.size() + " items");
            }
        }
        for (TextColumn text : texts) {
            if (text.values().size() != ids.size()) {
                throw new IllegalArgumentException("text '" + text.name() + "' has "
                        + text.values().size() + " rows for " + ids.size() + " items");
            }
        }
    }

    /** Number of items. */
    public int size() {
        return ids.size();
    }

    /** The text field of that name. */
    public Optional<TextColumn> text(String name) {
        return texts.stream().filter(text -> text.name().equals(name)).findFirst();
    }

    /**
     * A text field of the items.
     *
     * @param name field name, such as {@code title}
     * @param values one string per item
     */
    public record TextColumn(String name, List<String> values) {
        /** Does not copy the list, which must be unmodifiable. */
        public TextColumn {}
    }
}
