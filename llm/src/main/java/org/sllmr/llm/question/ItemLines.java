// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Column;

/**
 * The items as prompts show them: the inside of a JSON object, on one line.
 *
 * @param fields keys and values of the object, "" for an item without values: one entry per item
 */
record ItemLines(List<String> fields) {
    /** Further values of a field add little and fill prompts. */
    private static final int MAX_VALUES = 12;

    /**
     * The lines of a catalogue.
     *
     * @throws org.sllmr.configuration.InvalidInputException naming every column that the catalogue does not have
     */
    static ItemLines of(Catalogue catalogue, List<String> columns, int maxCharacters) {
        List<IntFunction<String>> parts = catalogue.columns(columns, "columns").stream()
                .map(name -> part(catalogue, name, maxCharacters))
                .toList();
        List<String> fields = new ArrayList<>(catalogue.size());
        for (int item = 0; item < catalogue.size(); item++) {
            int row = item;
            fields.add(parts.stream()
                    .map(part -> part.apply(row))
                    .filter(shown -> !shown.isEmpty())
                    .collect(Collectors.joining(", ")));
        }
        return new ItemLines(List.copyOf(fields));
    }

    /** A column as a key and its value for each item, "" if the item has none. */
    private static IntFunction<String> part(Catalogue catalogue, String name, int maxCharacters) {
        String key = QuotedText.of(name, maxCharacters) + ": ";
        Optional<Catalogue.TextColumn> text = catalogue.text(name);
        if (text.isPresent()) {
            List<String> values = text.get().values();
            return item -> values.get(item).isBlank() ? "" : key + QuotedText.of(values.get(item), maxCharacters);
        }
        Column field = catalogue.field(name).orElseThrow();
        boolean list = field.widest() > 1;
        return item -> {
            String values = field.texts(item).stream()
                    .limit(MAX_VALUES)
                    .map(value -> QuotedText.of(value, maxCharacters))
                    .collect(Collectors.joining(", "));
            return values.isEmpty() ? "" : key + (list ? "[" + values + "]" : values);
        };
    }

    /** Whether an item has any values. */
    boolean isKnown(int item) {
        return !fields.get(item).isEmpty();
    }
}
