// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Column;

/**
 * What is shown of each item: the inside of a JSON object, on one line.
 *
 * @param fields the object's keys and values, "" for an item of which nothing is known: one entry an item
 */
record ItemLines(List<String> fields) {
    /** Further values of a field say little and fill prompts. */
    private static final int MOST_VALUES = 12;

    /**
     * The lines of a catalogue.
     *
     * @throws InvalidInputException naming every column that the catalogue lacks
     */
    static ItemLines of(Catalogue catalogue, List<String> columns, int maxCharacters) {
        List<String> known = Stream.concat(
                        catalogue.texts().stream().map(Catalogue.TextColumn::name),
                        catalogue.fields().stream().map(Column::name))
                .distinct()
                .toList();
        List<Problem> problems = columns.stream()
                .filter(name -> !known.contains(name))
                .map(name -> new Problem(
                        "columns", "the items have no column '" + name + "'; there are: " + String.join(", ", known)))
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        List<Part> parts = (columns.isEmpty() ? known : columns)
                .stream().map(name -> part(catalogue, name, maxCharacters)).toList();
        List<String> fields = new ArrayList<>(catalogue.size());
        for (int item = 0; item < catalogue.size(); item++) {
            int row = item;
            fields.add(parts.stream()
                    .map(part -> part.of(row))
                    .filter(shown -> !shown.isEmpty())
                    .collect(Collectors.joining(", ")));
        }
        return new ItemLines(List.copyOf(fields));
    }

    /** One column of an item as a key and its value, "" where the item has none. */
    private interface Part {
        String of(int item);
    }

    private static Part part(Catalogue catalogue, String name, int maxCharacters) {
        String key = QuotedText.of(name, maxCharacters) + ": ";
        Optional<Catalogue.TextColumn> text = catalogue.text(name);
        if (text.isPresent()) {
            List<String> values = text.get().values();
            return item -> values.get(item).isBlank() ? "" : key + QuotedText.of(values.get(item), maxCharacters);
        }
        Column field = catalogue.fields().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow();
        boolean list = field.widest() > 1;
        return item -> {
            int from = field.offsets()[item];
            int to = Math.min(field.offsets()[item + 1], from + MOST_VALUES);
            if (from == to) {
                return "";
            }
            String values = IntStream.range(from, to)
                    .mapToObj(index -> QuotedText.of(field.vocabulary().value(field.values()[index]), maxCharacters))
                    .collect(Collectors.joining(", "));
            return key + (list ? "[" + values + "]" : values);
        };
    }

    /** Whether anything is known of an item. */
    boolean isKnown(int item) {
        return !fields.get(item).isEmpty();
    }
}
