// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.schema;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.TrainingData;
import org.sllmr.model.retrieval.Examples;
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
    private final SchemaFit fit;
    private final String fingerprint;
    private final Map<String, NumberTransform> transforms;
    private final boolean labelled;
    private final Optional<Examples> examples;
    private final Optional<InteractionLog> interactions;

    FeatureSchema(SchemaBuilder builder, SchemaSettings settings, boolean labelled) {
        this.fields = List.copyOf(builder.fields());
        this.tables = List.copyOf(builder.tables());
        this.rows = builder.rows();
        this.historyLength = settings.historyLength();
        this.historyPooling = settings.historyPooling();
        this.unknown = settings.unknown();
        this.fitted = Map.copyOf(builder.fitted());
        this.fit = builder.fit();
        this.fingerprint = builder.fingerprint();
        this.transforms = Map.copyOf(builder.transforms());
        this.labelled = labelled;
        this.examples = Optional.empty();
        this.interactions = Optional.empty();
    }

    private FeatureSchema(
            FeatureSchema other,
            List<Field> fields,
            Optional<Examples> examples,
            Optional<InteractionLog> interactions) {
        this.examples = examples;
        this.interactions = interactions;
        this.fields = List.copyOf(fields);
        this.tables = other.tables;
        this.rows = other.rows;
        this.historyLength = other.historyLength;
        this.historyPooling = other.historyPooling;
        this.unknown = other.unknown;
        this.fitted = other.fitted;
        this.fit = other.fit;
        this.fingerprint = other.fingerprint;
        this.transforms = other.transforms;
        this.labelled = other.labelled;
    }

    /**
     * The schema of a dataset; what has to be fitted to data is fitted to its training interactions.
     *
     * @throws InvalidInputException if the settings name fields that the dataset has not, or leave none
     */
    public static FeatureSchema of(TrainingData data, SchemaSettings settings) {
        return of(data, settings, Optional.empty(), Optional.empty());
    }

    /**
     * The schema of a dataset, with fields for what an augmentation reads.
     *
     * @param knowledge which vectors it reads
     * @param known what an earlier schema took from its data, to go on from
     * @throws InvalidInputException if the data lack what the settings or the augmentation need, or the fields are not those
     *     of the earlier schema
     */
    public static FeatureSchema of(
            TrainingData data,
            SchemaSettings settings,
            Optional<KnowledgeSource> knowledge,
            Optional<SchemaFit> known) {
        return new FeatureSchema(
                SchemaFields.of(data, settings, knowledge, known),
                settings,
                data.training().labelled());
    }

    /**
     * The schema of a dataset that goes on from what an earlier one took from its data: values that were known keep their
     * rows, also those that this dataset lacks, new ones follow, and nothing is fitted again. With the schema's own {@link
     * #fit} it gives the same schema.
     *
     * @throws InvalidInputException if the fields are others, or are read otherwise, with every difference
     */
    public static FeatureSchema of(TrainingData data, SchemaSettings settings, SchemaFit known) {
        return of(data, settings, Optional.empty(), Optional.of(known));
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

    /** Whether training rows have labels. */
    public boolean labelled() {
        return labelled;
    }

    /** The same schema, whose fields take their values from elsewhere. */
    FeatureSchema with(UnaryOperator<Field> replaced) {
        return new FeatureSchema(this, fields.stream().map(replaced).toList(), examples, interactions);
    }

    /** The same schema with training samples that are examples for others. */
    public FeatureSchema with(Examples pool) {
        return new FeatureSchema(this, fields, Optional.of(pool), interactions);
    }

    /** Training samples that are examples for others, if a model reads some. */
    public Optional<Examples> examples() {
        return examples;
    }

    /** The same schema with training interactions, over which embeddings are propagated. */
    public FeatureSchema with(InteractionLog training) {
        return new FeatureSchema(this, fields, examples, Optional.of(training));
    }

    /** Training interactions, if a model propagates embeddings over them and they are at hand. */
    public Optional<InteractionLog> interactions() {
        return interactions;
    }

    /** How the numbers of a field become rows of its table. */
    public NumberTransform transform(Field field) {
        return Objects.requireNonNull(transforms.get(tables.get(field.table()).name()));
    }

    /** What was taken from the data, to go on from. */
    public SchemaFit fit() {
        return fit;
    }

    /**
     * The same without names, for tables that have a row for each of the data's values and no other. With it, a schema
     * needs no interactions.
     */
    public SchemaFit fitOfData() {
        return new SchemaFit(
                fit.fields(), tables.stream().map(FeatureSchema::ofData).toList(), fit.numbers());
    }

    private static SchemaFit.KnownTable ofData(Table table) {
        return new SchemaFit.KnownTable(
                table.name(),
                table.values(),
                List.of(),
                IntStream.range(0, table.values())
                        .filter(value -> table.row(value) == table.unknown())
                        .toArray());
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
