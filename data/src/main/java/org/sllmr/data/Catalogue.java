// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;

/**
 * The items: their ids, categorical fields, text, numbers and vectors.
 *
 * @param ids item ids as the source gives them
 * @param fields categorical fields, one row per item
 * @param texts text fields such as the title, one string per item, "" where the source has none
 * @param numbers numeric fields, one row per item
 * @param vectors vectors, one row per item
 */
public record Catalogue(
        Vocabulary ids,
        List<Column> fields,
        List<TextColumn> texts,
        List<NumberColumn> numbers,
        List<VectorColumn> vectors) {
    /** Checks that every field has a row for each item. */
    public Catalogue {
        fields = List.copyOf(fields);
        texts = List.copyOf(texts);
        numbers = List.copyOf(numbers);
        vectors = List.copyOf(vectors);
        for (NumberColumn number : numbers) {
            requireRows("number", number.name(), number.rows(), ids);
        }
        for (VectorColumn vector : vectors) {
            requireRows("vector", vector.name(), vector.rows(), ids);
        }
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

    /** Items without numbers and vectors. */
    public Catalogue(Vocabulary ids, List<Column> fields, List<TextColumn> texts) {
        this(ids, fields, texts, List.of(), List.of());
    }

    private static void requireRows(String what, String name, int rows, Vocabulary ids) {
        if (rows != ids.size()) {
            throw new IllegalArgumentException(
                    what + " '" + name + "' has " + rows + " rows for " + ids.size() + " items");
        }
    }

    /** The same items with further vectors. */
    public Catalogue with(VectorColumn further) {
        return new Catalogue(
                ids,
                fields,
                texts,
                numbers,
                Stream.concat(vectors.stream(), Stream.of(further)).toList());
    }

    /** Number of items. */
    public int size() {
        return ids.size();
    }

    /**
     * Names of columns, in the order given; for an empty list, all text fields, then all categorical fields.
     *
     * @param setting name of the setting that chooses them, for messages
     * @throws InvalidInputException naming every column that does not exist
     */
    public List<String> columns(List<String> chosen, String setting) {
        List<String> all = Stream.concat(
                        texts.stream().map(TextColumn::name), fields.stream().map(Column::name))
                .distinct()
                .toList();
        List<Problem> problems = chosen.stream()
                .filter(name -> !all.contains(name))
                .map(name -> new Problem(
                        setting, "the items have no column '" + name + "'; the columns are: " + String.join(", ", all)))
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return chosen.isEmpty() ? all : chosen;
    }

    /** The categorical field with a name. */
    public Optional<Column> field(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    /** The text field with a name. */
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
