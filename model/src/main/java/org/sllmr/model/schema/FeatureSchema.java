// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.schema;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.TrainingData;
import org.sllmr.model.schema.SchemaSettings.HistoryPooling;

/**
 * The fields that a model sees, in order, and the embedding tables behind them.
 *
 * <p>Field names are {@code user}, {@code user.COLUMN}, {@code item}, {@code item.COLUMN}, {@code context.COLUMN},
 * {@code history} (item ids) and {@code history.COLUMN} (item columns), for columns of values, of numbers and of vectors alike;
 * {@code pair.COLUMN.product}, {@code pair.COLUMN.cosine} and {@code pair.COLUMN} are of user and item together.
 */
public final class FeatureSchema {
    private final List<Field> fields;
    private final List<Table> tables;
    private final int rows;
    private final int historyLength;
    private final HistoryPooling historyPooling;
    private final UnknownSettings unknown;
    private final Map<String, String> fitted;
    private final String fingerprint;
    private final Map<String, NumberTransform> transforms;
    private final FittedValues fittedValues;

    FeatureSchema(SchemaBuilder builder, SchemaSettings settings) {
        this.fields = List.copyOf(builder.fields());
        this.tables = List.copyOf(builder.tables());
        this.rows = builder.rows();
        this.historyLength = settings.historyLength();
        this.historyPooling = settings.historyPooling();
        this.unknown = settings.unknown();
        this.fitted = Map.copyOf(builder.fitted());
        this.fingerprint = builder.fingerprint();
        this.transforms = Map.copyOf(builder.transforms());
        this.fittedValues = builder.fittedValues();
    }

    private FeatureSchema(FeatureSchema other, List<Field> fields) {
        this.fields = List.copyOf(fields);
        this.tables = other.tables;
        this.rows = other.rows;
        this.historyLength = other.historyLength;
        this.historyPooling = other.historyPooling;
        this.unknown = other.unknown;
        this.fitted = other.fitted;
        this.fingerprint = other.fingerprint;
        this.transforms = other.transforms;
        this.fittedValues = other.fittedValues;
    }

    /**
     * The schema of a dataset; what has to be fitted to data is fitted to its training interactions.
     *
     * @throws InvalidInputException if the settings name fields that the dataset has not, or leave none
     */
    public static FeatureSchema of(TrainingData data, SchemaSettings settings) {
        return of(data, settings, FittedValues.none());
    }

    /** The schema of a dataset, with what was fitted to training data that need not be there any more. */
    public static FeatureSchema of(TrainingData data, SchemaSettings settings, FittedValues fitted) {
        return new FeatureSchema(SchemaFields.of(data, settings, fitted), settings);
    }

    /** The same schema, whose fields take their values from elsewhere. */
    FeatureSchema with(UnaryOperator<Field> replaced) {
        return new FeatureSchema(this, fields.stream().map(replaced).toList());
    }

    /** How the numbers of a field become rows of its table. */
    public NumberTransform transform(Field field) {
        return Objects.requireNonNull(transforms.get(tables.get(field.table()).name()));
    }

    /** What was fitted to the training data, to make the same schema again. */
    public FittedValues fittedValues() {
        return fittedValues;
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

    /** How the rows for unknown values are trained. */
    public UnknownSettings unknown() {
        return unknown;
    }

    /** What was fitted to the training data, in words, by field. */
    public Map<String, String> fitted() {
        return fitted;
    }

    /**
     * SHA-256 over fields, history, vocabularies, what was fitted, and which values count as unknown: models fit only data
     * with the same one.
     */
    public String fingerprint() {
        return fingerprint;
    }
}
