// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.sllmr.configuration.ArraySize;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.data.Vocabulary;
import org.sllmr.data.file.Sha256;
import org.sllmr.model.schema.SchemaFit.FittedNumbers;
import org.sllmr.model.schema.SchemaFit.KnownTable;

/** Collects the fields that the settings choose, and their tables. */
final class SchemaBuilder {
    private final SchemaSettings settings;
    private final List<String> names = new ArrayList<>();
    private final List<Field> fields = new ArrayList<>();
    private final Map<String, Table> tables = new LinkedHashMap<>();
    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final Map<String, String> fitted = new TreeMap<>();
    private final Map<String, NumberTransform> transforms = new LinkedHashMap<>();
    private final Map<String, FittedNumbers> fits = new LinkedHashMap<>();
    private final Optional<SchemaFit> known;
    private final List<Problem> unlike = new ArrayList<>();
    private int rows;

    /**
     * A builder without fields.
     *
     * @param known what an earlier schema took from its data, to go on from
     */
    SchemaBuilder(SchemaSettings settings, Optional<SchemaFit> known) {
        this.settings = settings;
        this.known = known;
    }

    /**
     * Adds a field of values, if it is chosen.
     *
     * @param counts in how many training interactions each value occurs
     */
    void add(String name, String table, Vocabulary vocabulary, Field.Source source, Supplier<int[]> counts) {
        if (chosen(name)) {
            fields.add(new Field(name, table(table, () -> grown(table, vocabulary, counts)), source));
        }
    }

    private GrownValues grown(String table, Vocabulary vocabulary, Supplier<int[]> counts) {
        GrownValues grown = GrownValues.of(
                known.flatMap(fit -> fit.table(table)),
                vocabulary,
                counts,
                settings.unknown().rareBelow());
        values.put(table, grown.values());
        return grown;
    }

    /** Adds a field of numbers, if it is chosen. */
    void add(String name, String table, NumberTransform transform, Field.Source source) {
        if (chosen(name)) {
            fitted.put(table, transform.described());
            transforms.put(table, transform);
            int size = transform.rows();
            fields.add(new Field(
                    name,
                    table(table, () -> new GrownValues(Collections.nCopies(size, ""), new int[0], new BitSet())),
                    source));
        }
    }

    /**
     * The numbers fitted for a field: those of the earlier schema, or else new ones. Those of a field that is not chosen
     * are never used.
     *
     * @param kind what they are of, and how they are read
     */
    float[] fit(String field, String kind, Supplier<float[]> anew) {
        FittedNumbers made = fits.get(field);
        if (made != null) {
            return made.values();
        }
        Optional<FittedNumbers> before = known.filter(fit -> fit.uses(field)).flatMap(fit -> fit.numbers(field));
        if (before.isPresent() && !before.get().kind().equals(kind)) {
            unlike.add(new Problem(
                    field,
                    "was read as " + before.get().kind() + ", and would now be read as " + kind
                            + "; the weights fit only the former"));
            before = Optional.empty();
        }
        float[] numbers = before.map(FittedNumbers::values).orElseGet(anew);
        fits.put(field, new FittedNumbers(field, kind, numbers));
        return numbers;
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

    /** Adds a field that no backbone sees. */
    void addKnowledge(String name, String described, Field.Floats source) {
        fitted.put(name, described);
        fields.add(new Field(name, Field.NO_TABLE, source));
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

    private int table(String name, Supplier<GrownValues> contents) {
        Integer made = numbers.get(name);
        if (made != null) {
            return made;
        }
        int number = numbers.size();
        numbers.put(name, number);
        GrownValues grown = contents.get();
        int size = grown.values().size();
        tables.put(name, new Table(name, rows, size, grown.rare(), grown.rows()));
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
        problems.addAll(unlike);
        known.ifPresent(before -> compareFields(before.fields(), problems));
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    /** Reports fields that the earlier schema has and this one has not, or the other way round. */
    private void compareFields(List<String> before, List<Problem> problems) {
        List<String> now = fields.stream().map(Field::name).toList();
        List<String> lost = before.stream().filter(name -> !now.contains(name)).toList();
        List<String> added = now.stream().filter(name -> !before.contains(name)).toList();
        if (!lost.isEmpty()) {
            problems.add(new Problem(
                    "fields",
                    "the model was trained with " + String.join(", ", lost) + ", which the data or the settings lack"));
        }
        if (!added.isEmpty()) {
            problems.add(new Problem(
                    "fields",
                    "the model was trained without " + String.join(", ", added)
                            + "; leave them out by model.schema.fields, or train anew"));
        }
        if (lost.isEmpty() && added.isEmpty() && !now.equals(before)) {
            problems.add(new Problem(
                    "fields",
                    "are in another order than those that the model was trained with: " + String.join(", ", before)
                            + "; prepare the data with its columns in that order"));
        }
    }

    Map<String, NumberTransform> transforms() {
        return transforms;
    }

    SchemaFit fit() {
        return new SchemaFit(
                fields.stream().map(Field::name).toList(),
                tables.values().stream()
                        .map(table -> new KnownTable(
                                table.name(),
                                table.vocabulary(),
                                values.getOrDefault(table.name(), List.of()),
                                table.rare().stream().toArray()))
                        .toList(),
                List.copyOf(fits.values()));
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

    String fingerprint() {
        Sha256 hash = new Sha256().add("history " + settings.historyLength() + " " + settings.historyPooling());
        for (Field field : fields) {
            hash.add("field " + field.name());
        }
        values.forEach((name, rows) -> {
            hash.add("table " + name);
            rows.forEach(hash::add);
        });
        fitted.forEach((name, described) -> hash.add("fitted " + name).add(described));
        tables.values().stream()
                .filter(table -> !table.rare().isEmpty())
                .forEach(table -> hash.add("rare " + table.name())
                        .add(Arrays.toString(table.rare().toLongArray())));
        return hash.hex();
    }
}
