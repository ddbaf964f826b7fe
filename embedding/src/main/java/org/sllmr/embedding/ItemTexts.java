// SPDX-License-Identifier: Apache-2.0
package org.sllmr.embedding;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Column;

/** The text of each item: its configured columns, joined. */
public final class ItemTexts {
    private ItemTexts() {}

    /**
     * Joins columns into texts, such as {@code Red Shatter Nail Polish. OPI. Beauty, Makeup, Nails}.
     *
     * @param columns names of text columns and categorical fields; empty for all text columns, then all fields
     * @return one text per item; "" for an item without a value in any column
     * @throws org.sllmr.configuration.InvalidInputException naming every column that the catalogue does not have
     */
    public static List<String> of(Catalogue catalogue, List<String> columns) {
        List<IntFunction<String>> parts = catalogue.columns(columns, "textColumns").stream()
                .map(name -> part(catalogue, name))
                .toList();
        List<String> texts = new ArrayList<>(catalogue.size());
        for (int item = 0; item < catalogue.size(); item++) {
            int row = item;
            texts.add(parts.stream()
                    .map(part -> part.apply(row))
                    .filter(part -> !part.isBlank())
                    .map(String::strip)
                    .collect(Collectors.joining(". ")));
        }
        return texts;
    }

    /**
     * The origin of vectors of such texts, as {@link org.sllmr.data.VectorColumn} keeps it.
     *
     * @param encoder hash of the encoder
     * @param columns names of the columns, none of them left out
     */
    public static String origin(String encoder, List<String> columns) {
        return "encoder " + encoder + " of " + String.join(", ", columns);
    }

    private static IntFunction<String> part(Catalogue catalogue, String name) {
        return catalogue
                .text(name)
                .<IntFunction<String>>map(text -> text.values()::get)
                .orElseGet(() -> {
                    Column field = catalogue.field(name).orElseThrow();
                    return item -> String.join(", ", field.texts(item));
                });
    }
}
