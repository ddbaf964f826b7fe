// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sllmr.data.Column;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.TrainingData;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.file.Safetensors;
import org.sllmr.model.schema.SchemaSettings.HistoryPooling;

/** Scores one row at a time in double precision, straight from the definitions: the judge of the fast model. */
final class ObviousScorer {
    private final TrainingData data;
    private final ModelSettings settings;
    private final ObviousLayers layers;

    ObviousScorer(TrainingData data, ModelSettings settings, Safetensors file) {
        this.data = data;
        this.settings = settings;
        this.layers = new ObviousLayers(file.tensors());
    }

    double score(InteractionLog log, int user, int item, int position) {
        Row row = new Row(log, user, item, position);
        int dimension = settings.embeddingDimension();
        double score = new ObviousBackbones(layers, dimension)
                .score(
                        settings.backbone(),
                        row.fields("embeddings.", dimension),
                        row.history("embeddings.", dimension));
        FirstOrder firstOrder = settings.backbone().firstOrder();
        if (firstOrder != FirstOrder.NONE) {
            for (Map.Entry<String, double[]> weight :
                    row.fields("first_order.", 1).entrySet()) {
                if (firstOrder == FirstOrder.ALL_FIELDS || !weight.getKey().startsWith("history")) {
                    score += weight.getValue()[0];
                }
            }
        }
        return score;
    }

    /** What one row looks up. */
    private final class Row {
        private final InteractionLog log;
        private final int user;
        private final int item;
        private final int position;

        Row(InteractionLog log, int user, int item, int position) {
            this.log = log;
            this.user = user;
            this.item = item;
            this.position = position;
        }

        private boolean included(String field) {
            List<String> fields = settings.schema().fields();
            return fields.isEmpty() || fields.contains(field);
        }

        private List<Integer> items() {
            List<Integer> items = new ArrayList<>();
            for (int p = Math.max(0, position - settings.schema().historyLength()); p < position; p++) {
                items.add(log.item(user, p));
            }
            return items;
        }

        /** Pooled fields by name, in the order in which a model sees them. */
        Map<String, double[]> fields(String kind, int length) {
            Map<String, double[]> all = new LinkedHashMap<>();
            all.put("user", layers.row(kind + "user", user, length));
            for (Column column : data.userFields()) {
                String name = "user." + column.name();
                all.put(name, mean(kind + name, column, user, length));
            }
            all.put("item", layers.row(kind + "item", item, length));
            for (Column column : data.catalogue().fields()) {
                String name = "item." + column.name();
                all.put(name, mean(kind + name, column, item, length));
            }
            for (Column column : data.contextFields()) {
                String name = "context." + column.name();
                boolean shown = position < log.length(user);
                all.put(
                        name,
                        shown ? mean(kind + name, column, log.index(user, position), length) : new double[length]);
            }
            all.put("history", mean(values(kind + "item", items(), length), length));
            for (Column column : data.catalogue().fields()) {
                String table = kind + "item." + column.name();
                List<double[]> parts = new ArrayList<>();
                for (int i : items()) {
                    if (settings.schema().historyPooling() == HistoryPooling.ITEMS) {
                        parts.add(mean(table, column, i, length));
                    } else {
                        parts.addAll(values(table, valuesOf(column, i), length));
                    }
                }
                all.put("history." + column.name(), mean(parts, length));
            }
            all.keySet().removeIf(name -> !included(name));
            return all;
        }

        /** For each item of the history its fields, one after the other. */
        List<double[]> history(String kind, int length) {
            List<double[]> history = new ArrayList<>();
            for (int i : items()) {
                List<double[]> parts = new ArrayList<>();
                if (included("history")) {
                    parts.add(layers.row(kind + "item", i, length));
                }
                for (Column column : data.catalogue().fields()) {
                    if (included("history." + column.name())) {
                        parts.add(mean(kind + "item." + column.name(), column, i, length));
                    }
                }
                history.add(ObviousLayers.concatenate(parts));
            }
            return history;
        }

        private double[] mean(String table, Column column, int row, int length) {
            return mean(values(table, valuesOf(column, row), length), length);
        }

        private List<Integer> valuesOf(Column column, int row) {
            List<Integer> values = new ArrayList<>();
            for (int i = column.offsets()[row]; i < column.offsets()[row + 1]; i++) {
                values.add(column.values()[i]);
            }
            return values;
        }

        /** A field that the model leaves out has no table. */
        private List<double[]> values(String table, List<Integer> rows, int length) {
            return layers.has(table)
                    ? rows.stream().map(row -> layers.row(table, row, length)).toList()
                    : List.of();
        }

        private double[] mean(List<double[]> values, int length) {
            double[] mean = new double[length];
            for (double[] value : values) {
                for (int d = 0; d < length; d++) {
                    mean[d] += value[d] / values.size();
                }
            }
            return mean;
        }
    }
}
