// SPDX-License-Identifier: Apache-2.0
package org.sllmr.embedding;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
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
     * @throws InvalidInputException naming every column that the catalogue does not have
     */
    public static List<String> of(Catalogue catalogue, List<String> columns) {
        List<String> known = Stream.concat(
                        catalogue.texts().stream().map(Catalogue.TextColumn::name),
                        catalogue.fields().stream().map(Column::name))
                .distinct()
                .toList();
        List<Problem> problems = columns.stream()
                .filter(name -> !known.contains(name))
                .map(name -> new Problem(
                        "textColumns",
                        "the items have no column '" + name + "'; the columns are: " + String.join(", ", known)))
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        List<IntFunction<String>> parts = (columns.isEmpty() ? known : columns)
                .stream().map(name -> part(catalogue, name)).toList();
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

    private static IntFunction<String> part(Catalogue catalogue, String name) {
        return catalogue
                .text(name)
                .<IntFunction<String>>map(text -> text.values()::get)
                .orElseGet(() -> {
                    Column field = catalogue.fields().stream()
                            .filter(column -> column.name().equals(name))
                            .findFirst()
                            .orElseThrow();
                    return item -> IntStream.range(field.offsets()[item], field.offsets()[item + 1])
                            .mapToObj(index -> field.vocabulary().value(field.values()[index]))
                            .collect(Collectors.joining(", "));
                });
    }
}
