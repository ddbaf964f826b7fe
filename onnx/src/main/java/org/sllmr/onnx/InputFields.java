// SPDX-License-Identifier: Apache-2.0
package org.sllmr.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sllmr.data.Column;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.operation.Parameter;
import org.sllmr.model.operation.Project;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.model.schema.Field;
import org.sllmr.model.schema.SchemaSettings.HistoryPooling;
import org.sllmr.model.schema.Side;

/** Makes what a network reads of the inputs of a graph: rows of precomputed tables, pooled over histories. */
final class InputFields {
    private final GraphWriter graph;
    private final TrainedNetwork network;
    private final TableWriter tables;
    private final FeatureSchema schema;
    private final FirstOrder firstOrder;
    private final int items;
    private final ContextInputs context;
    private final String item;
    private final List<String> firstOrders = new ArrayList<>();
    private @Nullable String user;
    private @Nullable History history;

    /** For so many users and items. */
    InputFields(
            GraphWriter graph,
            TrainedNetwork network,
            FeatureSchema schema,
            FirstOrder firstOrder,
            int users,
            int items) {
        this.graph = graph;
        this.network = network;
        this.tables = new TableWriter(graph, new FieldTables(network, schema), users, items);
        this.schema = schema;
        this.firstOrder = firstOrder;
        this.items = items;
        this.context = new ContextInputs(graph, network, schema);
        List<Field> all = Stream.concat(network.shape().fields().stream(), network.shape().knowledge().stream())
                .toList();
        if (all.stream().anyMatch(TableWriter::isOfUser)) {
            String input = graph.input("user", GraphWriter.INT64, List.of("N"));
            this.user = History.known(graph, input, users);
        }
        this.item = History.known(graph, graph.input("item", GraphWriter.INT64, List.of("N")), items);
        if (all.stream().anyMatch(InputFields::readsHistory)
                || !network.shape().sequence().isEmpty()) {
            this.history = new History(graph, items);
        }
    }

    private static boolean readsHistory(Field field) {
        return field.ofHistory()
                || field.source() instanceof Field.VectorProduct
                || field.source() instanceof Field.NearestCosine;
    }

    /** Whether there is an input for users. */
    boolean readsUsers() {
        return user != null;
    }

    /** Whether there are inputs for histories. */
    boolean readsHistories() {
        return history != null;
    }

    /** How many of the last items are read. */
    int longest() {
        return history().longest();
    }

    private History history() {
        if (history == null) {
            throw new IllegalStateException("the model reads no history");
        }
        return history;
    }

    private History.Window window() {
        return history().last(schema.historyLength());
    }

    /** How the history items that the network reads one by one follow each other; null if it reads none. */
    @Nullable
    History sequenceOrder() {
        return network.shape().sequence().isEmpty() ? null : history();
    }

    /** Mask of the history items that the network reads one by one; null if it reads none. */
    @Nullable
    String mask() {
        return network.shape().sequence().isEmpty() ? null : window().mask();
    }

    /**
     * The fields of a row.
     *
     * @param projection what the network makes of the row, which is already done to what is precomputed; or null
     * @return {@code [N, width of the row, or of its projection]}
     */
    String rows(@Nullable Project projection) {
        List<String> parts = new ArrayList<>();
        for (Field field : network.shape().pooled()) {
            parts.add(embeddings(field));
            if (firstOrder == FirstOrder.ALL_FIELDS
                    || (firstOrder == FirstOrder.WITHOUT_HISTORY && !field.ofHistory())) {
                firstOrders.add(firstOrder(field));
            }
        }
        List<Field> projected = network.shape().projected();
        if (projection != null) {
            List<Parameter> weights = projection.parameters();
            for (int i = 0; i < projected.size(); i++) {
                parts.add(perRow(projected.get(i), tables.projected(projected.get(i), weights.get(i))));
            }
        }
        return graph.concatenate(parts);
    }

    /** The sum of the first-order weights of the fields of {@link #rows}: {@code [N, 1]}; null if there are none. */
    @Nullable
    String firstOrders() {
        String sum = null;
        for (String one : firstOrders) {
            sum = sum == null ? one : graph.add("Add", sum, one);
        }
        return sum;
    }

    /** The pooled embeddings of a field: {@code [N, dimension]}. */
    private String embeddings(Field field) {
        if (context.reads(field)) {
            return context.embeddings(field);
        }
        if (byValues(field)) {
            return meanOfValues(field, false);
        }
        return perRow(field, tables.embeddings(field, false));
    }

    private String firstOrder(Field field) {
        if (context.reads(field)) {
            return context.firstOrder(field);
        }
        if (byValues(field)) {
            return meanOfValues(field, true);
        }
        return perRow(field, tables.firstOrder(field, false));
    }

    private boolean byValues(Field field) {
        return field.source() instanceof Field.ColumnHistory && schema.historyPooling() == HistoryPooling.VALUES;
    }

    /** Rows of a table, averaged where they are of a history. */
    private String perRow(Field field, String table) {
        if (field.ofHistory()) {
            return history().mean(window(), graph.gather(table, history().items()));
        }
        return graph.gather(table, field.side() == Side.ITEM ? item : user());
    }

    /** The vectors of a field that no backbone sees: {@code [N, floats]}. */
    String knowledge(Field field) {
        return perRow(field, tables.vectors(field));
    }

    private String user() {
        if (user == null) {
            throw new IllegalStateException("the model reads nothing of users");
        }
        return user;
    }

    /** The mean over all values of all last items, however many each has. */
    private String meanOfValues(Field field, boolean first) {
        Column column = ((Field.ColumnHistory) field.source()).column();
        boolean summed = column.widest() > 1;
        String values = first ? tables.firstOrder(field, summed) : tables.embeddings(field, summed);
        String sum = history().sum(window(), graph.gather(values, history().items()));
        String count = history()
                .sum(
                        window(),
                        graph.gather(tables.counts(field, column), history().items()));
        return graph.add("Div", sum, graph.add("Max", count, graph.number(1)));
    }

    /** The embeddings and vectors of the history items, one by one: {@code [N, L, width]}. */
    String sequence() {
        return graph.concatenate(network.shape().sequence().stream()
                .map(field -> graph.gather(
                        field.hasTable() ? tables.embeddings(field, false) : tables.vectors(field),
                        history().items()))
                .toList());
    }

    /** What depends on user and item together: {@code [N, width]}. */
    String pairs() {
        List<String> parts = new ArrayList<>();
        for (Field field : network.shape().ofPair()) {
            if (field.source() instanceof Field.PairNumber of) {
                parts.add(context.pair(field, of));
            } else {
                parts.add(PairInputs.of(graph, field, history(), item, items, schema.historyLength()));
            }
        }
        return graph.concatenate(parts);
    }

    /** What the inputs of the interaction mean. */
    List<OnnxInput> contextInputs() {
        return context.inputs();
    }
}
