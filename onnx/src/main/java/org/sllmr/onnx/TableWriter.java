// SPDX-License-Identifier: Apache-2.0
package org.sllmr.onnx;

import org.sllmr.data.Column;
import org.sllmr.data.VectorColumn;
import org.sllmr.model.operation.Parameter;
import org.sllmr.model.schema.Field;

/** Writes what is precomputed of users and items as tensors of a graph, each once. */
final class TableWriter {
    private final GraphWriter graph;
    private final FieldTables tables;
    private final int users;
    private final int items;

    TableWriter(GraphWriter graph, FieldTables tables, int users, int items) {
        this.graph = graph;
        this.tables = tables;
        this.users = users;
        this.items = items;
    }

    /** Whether a field's rows are users. */
    static boolean isOfUser(Field field) {
        Field.Source source = field.source();
        return source instanceof Field.UserId
                || source instanceof Field.UserColumn
                || source instanceof Field.UserNumber
                || source instanceof Field.UserVector;
    }

    private int count(Field field) {
        return isOfUser(field) ? users : items;
    }

    /** Fields of a history and of the item share what is precomputed. */
    private static String name(Field field) {
        return "fields." + (field.ofHistory() ? field.name().replaceFirst("^history", "item") : field.name());
    }

    /** Pooled embeddings, averaged or summed over the values of a row: {@code [rows + 1, dimension]}. */
    String embeddings(Field field, boolean summed) {
        String name = name(field) + (summed ? ".sums" : "");
        if (graph.has(name)) {
            return name;
        }
        int rows = count(field);
        float[] values = tables.embeddings(field, rows, summed);
        return graph.weights(name, values, rows + 1, values.length / (rows + 1));
    }

    /** Pooled first-order weights, averaged or summed over the values of a row: {@code [rows + 1, 1]}. */
    String firstOrder(Field field, boolean summed) {
        String name = name(field) + (summed ? ".first_order_sums" : ".first_order");
        int rows = count(field);
        return graph.has(name) ? name : graph.weights(name, tables.firstOrder(field, rows, summed), rows + 1, 1);
    }

    /** How many values each item has: {@code [items + 1, 1]}. */
    String counts(Field field, Column column) {
        String name = name(field) + ".counts";
        return graph.has(name) ? name : graph.weights(name, FieldTables.counts(column, items), items + 1, 1);
    }

    /** Projected vectors: {@code [rows + 1, out]}. */
    String projected(Field field, Parameter weight) {
        Scaled vectors = scaled(field);
        int rows = count(field);
        float[] values = tables.projected(vectors.column, vectors.scale, rows, weight);
        return graph.weights("fields." + field.name() + ".projected", values, rows + 1, weight.length(0));
    }

    /** Scaled vectors: {@code [rows + 1, width]}. */
    String vectors(Field field) {
        String name = "fields." + field.name();
        Scaled vectors = scaled(field);
        int rows = count(field);
        if (graph.has(name)) {
            return name;
        }
        float[] values = FieldTables.vectors(vectors.column, rows);
        for (int i = 0; i < values.length; i++) {
            values[i] *= vectors.scale;
        }
        return graph.weights(name, values, rows + 1, vectors.column.width());
    }

    private record Scaled(VectorColumn column, float scale) {}

    private static Scaled scaled(Field field) {
        if (field.source() instanceof Field.UserVector of) {
            return new Scaled(of.column(), of.scale());
        } else if (field.source() instanceof Field.ItemVector of) {
            return new Scaled(of.column(), of.scale());
        } else if (field.source() instanceof Field.VectorHistory of) {
            return new Scaled(of.column(), of.scale());
        }
        throw new IllegalArgumentException("field '" + field.name() + "' has no vectors");
    }
}
