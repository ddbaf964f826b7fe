// SPDX-License-Identifier: Apache-2.0
package org.sllmr.bundle.format;

import java.util.List;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Column;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.NeighbourColumn;
import org.sllmr.data.NumberColumn;
import org.sllmr.data.NumericInputs;
import org.sllmr.data.PairColumn;
import org.sllmr.data.Part;
import org.sllmr.data.Samples;
import org.sllmr.data.TrainingData;
import org.sllmr.data.VectorColumn;
import org.sllmr.data.Vocabulary;

/** A dataset without its interactions, as columns by name. */
final class DataColumns {
    /** What the names of columns of vectors begin with. */
    static final String VECTOR = "vector.";

    private static final String NEIGHBOURS = "neighbours.";

    private static final InteractionLog NO_LOG = InteractionLog.of(new int[] {0}, new int[0], new long[0]);
    private static final Samples NO_SAMPLES = new Samples(new Instances(new int[0], new int[0], new int[0]), 1);

    private DataColumns() {}

    /**
     * The same data without interactions and samples.
     *
     * @param userIds the users' ids, as they shall be kept
     */
    static TrainingData without(TrainingData data, Vocabulary userIds) {
        return new TrainingData(
                data.name(),
                data.hash(),
                NO_LOG,
                data.catalogue(),
                userIds,
                data.userFields(),
                data.contextFields().stream()
                        .map(column -> empty(column.name(), column.vocabulary()))
                        .toList(),
                NO_SAMPLES,
                new Part(NO_LOG, NO_SAMPLES),
                new NumericInputs(
                        data.numeric().userNumbers(),
                        data.numeric().userVectors(),
                        data.numeric().contextNumbers().stream()
                                .map(column -> new NumberColumn(column.name(), new float[0]))
                                .toList(),
                        data.numeric().pairs(),
                        List.of(),
                        data.numeric().neighbours()));
    }

    private static Column empty(String name, Vocabulary vocabulary) {
        return new Column(name, vocabulary, new int[] {0}, new int[0]);
    }

    static Manifest.Columns names(TrainingData data) {
        Catalogue items = data.catalogue();
        return new Manifest.Columns(
                items.fields().stream().map(Column::name).toList(),
                items.texts().stream().map(Catalogue.TextColumn::name).toList(),
                items.numbers().stream().map(NumberColumn::name).toList(),
                vectors(items.vectors()),
                data.userFields().stream().map(Column::name).toList(),
                data.numeric().userNumbers().stream().map(NumberColumn::name).toList(),
                vectors(data.numeric().userVectors()),
                data.contextFields().stream().map(Column::name).toList(),
                data.numeric().contextNumbers().stream().map(NumberColumn::name).toList(),
                data.numeric().pairs().stream()
                        .map(pairs -> new Manifest.Pairs(pairs.name(), pairs.origin()))
                        .toList(),
                data.numeric().neighbours().stream().map(NeighbourColumn::name).toList());
    }

    private static List<Manifest.Vectors> vectors(List<VectorColumn> columns) {
        return columns.stream()
                .map(column -> new Manifest.Vectors(column.name(), column.width(), column.origin()))
                .toList();
    }

    static NamedColumns items(TrainingData data) {
        NamedColumns columns = new NamedColumns();
        Catalogue items = data.catalogue();
        columns.put("ids", items.ids().values());
        items.fields().forEach(column -> put(columns, "field.", column));
        items.texts().forEach(text -> columns.put("text." + text.name(), text.values()));
        items.numbers().forEach(number -> columns.put("number." + number.name(), number.values()));
        items.vectors().forEach(vector -> columns.put(VECTOR + vector.name(), vector.values()));
        for (NeighbourColumn neighbours : data.numeric().neighbours()) {
            columns.put(NEIGHBOURS + neighbours.name() + ".offsets", neighbours.offsets());
            columns.put(NEIGHBOURS + neighbours.name() + ".items", neighbours.items());
            columns.put(NEIGHBOURS + neighbours.name() + ".weights", neighbours.weights());
        }
        return columns;
    }

    static NamedColumns users(TrainingData data) {
        NamedColumns columns = new NamedColumns();
        columns.put("ids", data.userIds().values());
        data.userFields().forEach(column -> put(columns, "field.", column));
        data.numeric().userNumbers().forEach(number -> columns.put("number." + number.name(), number.values()));
        data.numeric().userVectors().forEach(vector -> columns.put(VECTOR + vector.name(), vector.values()));
        data.contextFields().forEach(column -> put(columns, "context.", column));
        for (PairColumn pairs : data.numeric().pairs()) {
            columns.put("pairs." + pairs.name() + ".offsets", pairs.offsets());
            columns.put("pairs." + pairs.name() + ".items", pairs.items());
            columns.put("pairs." + pairs.name() + ".values", pairs.values());
        }
        return columns;
    }

    private static void put(NamedColumns columns, String kind, Column column) {
        columns.put(kind + column.name() + ".vocabulary", column.vocabulary().values());
        columns.put(kind + column.name() + ".offsets", column.offsets());
        columns.put(kind + column.name() + ".values", column.values());
    }

    static TrainingData read(Manifest manifest, NamedColumns items, NamedColumns users) {
        Manifest.Columns names = manifest.columns();
        Catalogue catalogue = new Catalogue(
                new Vocabulary(items.strings("ids")),
                columns(items, "field.", names.itemFields()),
                names.itemTexts().stream()
                        .map(name -> new Catalogue.TextColumn(name, items.strings("text." + name)))
                        .toList(),
                numbers(items, names.itemNumbers()),
                vectors(items, names.itemVectors()));
        NumericInputs numeric = new NumericInputs(
                numbers(users, names.userNumbers()),
                vectors(users, names.userVectors()),
                names.contextNumbers().stream()
                        .map(name -> new NumberColumn(name, new float[0]))
                        .toList(),
                names.pairs().stream()
                        .map(pairs -> new PairColumn(
                                pairs.name(),
                                pairs.origin(),
                                users.ints("pairs." + pairs.name() + ".offsets"),
                                users.ints("pairs." + pairs.name() + ".items"),
                                users.floats("pairs." + pairs.name() + ".values")))
                        .toList(),
                List.of(),
                names.itemNeighbours().stream()
                        .map(name -> new NeighbourColumn(
                                name,
                                items.ints(NEIGHBOURS + name + ".offsets"),
                                items.ints(NEIGHBOURS + name + ".items"),
                                items.floats(NEIGHBOURS + name + ".weights")))
                        .toList());
        return new TrainingData(
                manifest.run().dataName(),
                manifest.run().dataHash(),
                NO_LOG,
                catalogue,
                new Vocabulary(users.strings("ids")),
                columns(users, "field.", names.userFields()),
                columns(users, "context.", names.contextFields()),
                NO_SAMPLES,
                new Part(NO_LOG, NO_SAMPLES),
                numeric);
    }

    private static List<Column> columns(NamedColumns columns, String kind, List<String> names) {
        return names.stream()
                .map(name -> new Column(
                        name,
                        new Vocabulary(columns.strings(kind + name + ".vocabulary")),
                        columns.ints(kind + name + ".offsets"),
                        columns.ints(kind + name + ".values")))
                .toList();
    }

    private static List<NumberColumn> numbers(NamedColumns columns, List<String> names) {
        return names.stream()
                .map(name -> new NumberColumn(name, columns.floats("number." + name)))
                .toList();
    }

    private static List<VectorColumn> vectors(NamedColumns columns, List<Manifest.Vectors> of) {
        return of.stream()
                .map(vector -> new VectorColumn(
                        vector.name(), vector.width(), columns.floats(VECTOR + vector.name()), vector.origin()))
                .toList();
    }
}
