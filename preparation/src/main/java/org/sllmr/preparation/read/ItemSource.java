// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.List;

/**
 * The file of items and its columns.
 *
 * @param file one item per row
 * @param item column of the item id; ids must be unique
 * @param fields categorical fields
 * @param texts columns of text, such as the title; each becomes a text of the same name
 */
public record ItemSource(TableFile file, String item, List<FieldSettings> fields, List<String> texts) {
    /** Copies the lists. */
    public ItemSource {
        fields = List.copyOf(fields);
        texts = List.copyOf(texts);
    }
}
