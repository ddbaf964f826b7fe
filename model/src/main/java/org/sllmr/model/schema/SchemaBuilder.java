// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.sllmr.configuration.ArraySize;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.data.Vocabulary;
import org.sllmr.data.file.Sha256;

/** Collects the fields that the settings choose, and their tables. */
final class SchemaBuilder {
    private final SchemaSettings settings;
    private final List<String> names = new ArrayList<>();
    private final List<Field> fields = new ArrayList<>();
    private final Map<String, Table> tables = new LinkedHashMap<>();
    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private final Map<String, Vocabulary> vocabularies = new LinkedHashMap<>();
    private final Map<String, String> fitted = new TreeMap<>();
    private final Map<String, NumberTransform> transforms = new LinkedHashMap<>();
    private final FittedValues fittedValues;
    private int rows;

    SchemaBuilder(SchemaSettings settings, FittedValues fittedValues) {
        this.settings = settings;
        this.fittedValues = fittedValues;
    }

    /**
     * Adds a field of values, if it is chosen.
     *
     * @param counts in how many training interactions each value occurs
     */
    void add(String name, String table, Vocabulary vocabulary, Field.Source source, Supplier<int[]> counts) {
        if (chosen(name)) {
            vocabularies.put(table, vocabulary);
            int least = settings.unknown().rareBelow();
            fields.add(new Field(
                    name,
                    table(
                            table,
                            vocabulary.size(),
                            () -> Occurrences.below(least > 0 ? counts.get() : new int[0], least)),
                    source));
        }
    }

    /** Adds a field of numbers, if it is chosen. */
    void add(String name, String table, NumberTransform transform, Field.Source source) {
        if (chosen(name)) {
            fitted.put(table, transform.described());
            transforms.put(table, transform);
            fields.add(new Field(name, table(table, transform.rows(), BitSet::new), source));
        }
    }

    /**
     * Adds a field whose floats the network projects, if it is chosen.
     *
     * @param described what they are, and what was fitted
     */
    void add(String name, String described, Field.Floats source) {
        if (chosen(name)) {
            fitted.put(name, described);
            fields.add(new Field(name, Field.NO_TABLE, source));
        }
    }

    /** Whether the settings choose a field, which must be of a name that no other one has. */
    private boolean chosen(String name) {
        if (names.contains(name)) {
            throw new InvalidInputException(
                    "fields", "the dataset has two fields '" + name + "'; prepare it again and name them differently");
        }
        names.add(name);
        return settings.fields().isEmpty() || settings.fields().contains(name);
    }

    private int table(String name, int size, Supplier<BitSet> rare) {
        Integer known = numbers.get(name);
        if (known != null) {
            return known;
        }
        int number = numbers.size();
        numbers.put(name, number);
        tables.put(name, new Table(name, rows, size, fittedValues.rare(name, rare)));
        rows = ArraySize.of(
                rows + size + 1L,
                "model.schema.fields",
                "embedding rows",
                "choose fewer fields, or drop rare users and items");
        return number;
    }

    /** Reports chosen fields that were not added. */
    void requireAll() {
        List<Problem> problems = new ArrayList<>();
        for (String wanted : settings.fields()) {
            if (!names.contains(wanted)) {
                problems.add(new Problem(
                        "fields", "the dataset has no field '" + wanted + "'; it has " + String.join(", ", names)));
            }
        }
        for (NumberSettings.FieldForm exception : settings.numbers().exceptions()) {
            if (!names.contains(exception.field())) {
                problems.add(new Problem(
                        "numbers.exceptions",
                        "the dataset has no field '" + exception.field() + "'; it has " + String.join(", ", names)));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    List<Field> fields() {
        return fields;
    }

    List<Table> tables() {
        return List.copyOf(tables.values());
    }

    int rows() {
        return rows;
    }

    Map<String, String> fitted() {
        return fitted;
    }

    Map<String, NumberTransform> transforms() {
        return transforms;
    }

    FittedValues fittedValues() {
        return fittedValues;
    }

    String fingerprint() {
        Sha256 hash = new Sha256().add("history " + settings.historyLength() + " " + settings.historyPooling());
        for (Field field : fields) {
            hash.add("field " + field.name());
        }
        vocabularies.forEach((name, vocabulary) -> {
            hash.add("table " + name);
            vocabulary.values().forEach(hash::add);
        });
        fitted.forEach((name, described) -> hash.add("fitted " + name).add(described));
        tables.values().stream()
                .filter(table -> !table.rare().isEmpty())
                .forEach(table -> hash.add("rare " + table.name())
                        .add(Arrays.toString(table.rare().toLongArray())));
        return hash.hex();
    }
}
