// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sllmr.configuration.ArraySize;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.data.Column;
import org.sllmr.data.TrainingData;
import org.sllmr.data.Vocabulary;
import org.sllmr.data.file.Sha256;
import org.sllmr.model.schema.SchemaSettings.HistoryPooling;

/**
 * The fields that a model sees, in order, and the embedding tables behind them.
 *
 * <p>Field names are {@code user}, {@code user.COLUMN}, {@code item}, {@code item.COLUMN}, {@code context.COLUMN},
 * {@code history} (item ids) and {@code history.COLUMN} (item columns).
 */
public final class FeatureSchema {
    private final List<Field> fields;
    private final List<Table> tables;
    private final int rows;
    private final int historyLength;
    private final HistoryPooling historyPooling;
    private final String fingerprint;

    private FeatureSchema(Builder builder, SchemaSettings settings) {
        this.fields = List.copyOf(builder.fields);
        this.tables = List.copyOf(builder.tables.values());
        this.rows = builder.rows;
        this.historyLength = settings.historyLength();
        this.historyPooling = settings.historyPooling();
        this.fingerprint = fingerprint(builder, settings);
    }

    /**
     * The schema of a dataset.
     *
     * @throws InvalidInputException if the settings name fields that the dataset has not, or leave none
     */
    public static FeatureSchema of(TrainingData data, SchemaSettings settings) {
        List<String> names = new ArrayList<>();
        Builder builder = new Builder(settings, names);
        builder.add("user", "user", data.userIds(), new Field.UserId());
        for (Column column : data.userFields()) {
            String name = "user." + column.name();
            builder.add(name, name, column.vocabulary(), new Field.UserColumn(column));
        }
        builder.add("item", "item", data.catalogue().ids(), new Field.ItemId());
        for (Column column : data.catalogue().fields()) {
            String name = "item." + column.name();
            builder.add(name, name, column.vocabulary(), new Field.ItemColumn(column));
        }
        for (Column column : data.contextFields()) {
            String name = "context." + column.name();
            builder.add(name, name, column.vocabulary(), new Field.ContextColumn(column));
        }
        if (settings.historyLength() > 0) {
            builder.add("history", "item", data.catalogue().ids(), new Field.ItemHistory());
            for (Column column : data.catalogue().fields()) {
                builder.add(
                        "history." + column.name(),
                        "item." + column.name(),
                        column.vocabulary(),
                        new Field.ColumnHistory(column));
            }
        }
        List<Problem> problems = new ArrayList<>();
        for (String wanted : settings.fields()) {
            if (!names.contains(wanted)) {
                problems.add(new Problem(
                        "fields", "the dataset has no field '" + wanted + "'; it has " + String.join(", ", names)));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return new FeatureSchema(builder, settings);
    }

    /** The fields, in the order in which a model sees them. */
    public List<Field> fields() {
        return fields;
    }

    /** The embedding tables, in the order of their rows. */
    public List<Table> tables() {
        return tables;
    }

    /** Number of rows of all tables together. */
    public int rows() {
        return rows;
    }

    /** How many of the last items form a history. */
    public int historyLength() {
        return historyLength;
    }

    /** What a pooled history is the mean of. */
    public HistoryPooling historyPooling() {
        return historyPooling;
    }

    /** SHA-256 over fields, history and vocabularies: models fit only data with the same one. */
    public String fingerprint() {
        return fingerprint;
    }

    private static String fingerprint(Builder builder, SchemaSettings settings) {
        Sha256 hash = new Sha256().add("history " + settings.historyLength() + " " + settings.historyPooling());
        for (Field field : builder.fields) {
            hash.add("field " + field.name());
        }
        builder.vocabularies.forEach((name, vocabulary) -> {
            hash.add("table " + name);
            vocabulary.values().forEach(hash::add);
        });
        return hash.hex();
    }

    private static final class Builder {
        private final SchemaSettings settings;
        private final List<String> names;
        private final List<Field> fields = new ArrayList<>();
        private final Map<String, Table> tables = new LinkedHashMap<>();
        private final Map<String, Integer> numbers = new LinkedHashMap<>();
        private final Map<String, Vocabulary> vocabularies = new LinkedHashMap<>();
        private int rows;

        Builder(SchemaSettings settings, List<String> names) {
            this.settings = settings;
            this.names = names;
        }

        void add(String name, String table, Vocabulary vocabulary, Field.Source source) {
            names.add(name);
            if (!settings.fields().isEmpty() && !settings.fields().contains(name)) {
                return;
            }
            Integer number = numbers.get(table);
            if (number == null) {
                number = numbers.size();
                numbers.put(table, number);
                tables.put(table, new Table(table, rows, vocabulary.size()));
                vocabularies.put(table, vocabulary);
                rows = ArraySize.of(
                        rows + vocabulary.size() + 1L,
                        "model.schema.fields",
                        "embedding rows",
                        "choose fewer fields, or drop rare users and items");
            }
            fields.add(new Field(name, number, source));
        }
    }
}
