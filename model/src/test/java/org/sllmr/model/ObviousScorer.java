// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sllmr.data.Column;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.NumberColumn;
import org.sllmr.data.SampleVectors;
import org.sllmr.data.TrainingData;
import org.sllmr.data.VectorColumn;
import org.sllmr.model.augmentation.Augmentation;
import org.sllmr.model.augmentation.Kar;
import org.sllmr.model.augmentation.LlmCf;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.backbone.HistoryInput;
import org.sllmr.model.file.Safetensors;
import org.sllmr.model.retrieval.Examples;
import org.sllmr.model.schema.SchemaSettings.HistoryPooling;

/** Scores one row at a time in double precision, straight from the definitions: the judge of the fast model. */
public final class ObviousScorer {
    private final TrainingData data;
    private final ModelSettings settings;
    private final ObviousLayers layers;
    private final ObviousNumbers numbers;
    private final Examples examples;
    private final Optional<ObviousBackbones.Definition> backbone;

    ObviousScorer(TrainingData data, ModelSettings settings, Safetensors file) {
        this(data, settings, file, Optional.empty());
    }

    /** A scorer of a model whose backbone is not one of this project's. */
    public ObviousScorer(
            TrainingData data, ModelSettings settings, Safetensors file, ObviousBackbones.Definition backbone) {
        this(data, settings, file, Optional.of(backbone));
    }

    private ObviousScorer(
            TrainingData data,
            ModelSettings settings,
            Safetensors file,
            Optional<ObviousBackbones.Definition> backbone) {
        this.backbone = backbone;
        this.examples = settings.augmentation().examples().isPresent()
                ? settings.fields(data).examples().orElseThrow()
                : null;
        this.data = data;
        this.settings = settings;
        this.layers = new ObviousLayers(file.tensors());
        this.numbers = new ObviousNumbers(
                data, settings.schema(), settings.augmentation().source());
    }

    public double score(InteractionLog log, int user, int item, int position) {
        Row row = new Row(log, user, item, position);
        int dimension = settings.embeddingDimension();
        double score = new ObviousBackbones(layers, dimension, backbone)
                .score(
                        settings.backbone(),
                        row.fields("embeddings.", dimension),
                        row.history("embeddings.", dimension),
                        made(log, user, item, position));
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

    /** What the backbone is given besides its fields. */
    private double[] made(InteractionLog log, int user, int item, int position) {
        Augmentation augmentation = settings.augmentation();
        if (augmentation instanceof Kar kar) {
            return ObviousKar.of(layers, kar, numbers.knowledge(kar.source().orElseThrow(), log, user, item, position));
        }
        if (!(augmentation instanceof LlmCf llmCf)) {
            return new double[0];
        }
        List<ObviousLlmCf.Read> read = examplesAndRow(log, user, item, position);
        return ObviousLlmCf.of(layers, llmCf, read);
    }

    private List<ObviousLlmCf.Read> examplesAndRow(InteractionLog log, int user, int item, int position) {
        Instances row = new Instances(new int[] {user}, new int[] {item}, new int[] {position});
        List<ObviousLlmCf.Read> read = new ArrayList<>();
        for (int example : examples.of(log, row, 0, 1)) {
            Instances found = examples.samples(new int[] {example});
            read.add(read(
                    examples.log(),
                    found.users()[0],
                    found.items()[0],
                    found.positions()[0],
                    examples.label(example),
                    chain(found, examples.label(example))));
        }
        read.add(read(log, user, item, position, 0, new double[0]));
        return read;
    }

    /** The loss of the reconstructed chains of a row's examples. */
    double reconstruction(InteractionLog log, int user, int item, int position) {
        return ObviousLlmCf.reconstruction(
                layers, (LlmCf) settings.augmentation(), examplesAndRow(log, user, item, position));
    }

    /** The chain of thought of an example as its definition has it. */
    private double[] chain(Instances example, int label) {
        int user = example.users()[0];
        int item = example.items()[0];
        int position = example.positions()[0];
        return switch (settings.augmentation().source().orElseThrow().chains()) {
            case NONE -> new double[0];
            case ITEM_TEXTS -> numbers.direction(examples.log(), user, item, position);
            case WRITTEN -> {
                SampleVectors written = data.numeric().samples().get(0);
                double[] found = new double[written.width()];
                for (int sample = 0; sample < written.labels().length; sample++) {
                    if (written.samples().users()[sample] == user
                            && written.samples().items()[sample] == item
                            && written.samples().positions()[sample] == position
                            && written.labels()[sample] == label) {
                        for (int d = 0; d < found.length; d++) {
                            found[d] = written.values()[sample * found.length + d];
                        }
                    }
                }
                yield ObviousNumbers.unit(found);
            }
        };
    }

    private ObviousLlmCf.Read read(InteractionLog log, int user, int item, int position, int label, double[] chain) {
        Map<String, double[]> fields =
                new Row(log, user, item, position).fields("embeddings.", settings.embeddingDimension());
        fields.keySet().removeIf(name -> layers.has("inputs." + name + ".weight"));
        List<double[]> knowledge =
                numbers.knowledge(settings.augmentation().source().orElseThrow(), log, user, item, position);
        return new ObviousLlmCf.Read(
                ObviousLayers.concatenate(List.copyOf(fields.values())),
                knowledge.get(0),
                knowledge.get(1),
                label,
                chain);
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
            for (NumberColumn column : data.numeric().userNumbers()) {
                String name = "user." + column.name();
                all.put(name, number(kind + name, name, column, user, numbers.ofUser(), length));
            }
            all.put("item", layers.row(kind + "item", item, length));
            for (Column column : data.catalogue().fields()) {
                String name = "item." + column.name();
                all.put(name, mean(kind + name, column, item, length));
            }
            for (NumberColumn column : data.catalogue().numbers()) {
                String name = "item." + column.name();
                all.put(name, number(kind + name, name, column, item, numbers.ofItem(), length));
            }
            for (Column column : data.contextFields()) {
                String name = "context." + column.name();
                int context = log.contextIndex(user, position);
                all.put(name, context >= 0 ? mean(kind + name, column, context, length) : new double[length]);
            }
            for (NumberColumn column : data.numeric().contextNumbers()) {
                String name = "context." + column.name();
                int context = log.contextIndex(user, position);
                all.put(name, number(kind + name, name, column, context, numbers.ofContext(), length));
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
            for (NumberColumn column : data.catalogue().numbers()) {
                String table = "item." + column.name();
                List<double[]> parts = items().stream()
                        .map(i -> number(kind + table, table, column, i, numbers.ofItem(), length))
                        .toList();
                all.put("history." + column.name(), mean(parts, length));
            }
            if (kind.equals("embeddings.")) {
                numbers.floats(log, user, item, position)
                        .forEach((name, floats) -> all.put(name, layers.project(name, floats)));
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
                for (NumberColumn column : data.catalogue().numbers()) {
                    String table = "item." + column.name();
                    if (included("history." + column.name())) {
                        parts.add(number(kind + table, table, column, i, numbers.ofItem(), length));
                    }
                }
                for (VectorColumn column : data.catalogue().vectors()) {
                    String name = "item." + column.name();
                    if (included("history." + column.name())
                            && settings.backbone().history() == HistoryInput.SEQUENCE_WITH_VECTORS) {
                        parts.add(layers.project(
                                name, numbers.floats(log, user, i, position).get(name)));
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

        private double[] number(String table, String field, NumberColumn column, int row, boolean[] seen, int length) {
            if (!layers.has(table)) {
                return new double[length];
            }
            double value = column.value(row);
            int rows = numbers.rows(field, column, seen);
            if (Double.isNaN(value)) {
                return layers.row(table, rows, length);
            }
            double[] embedding = layers.row(table, numbers.row(field, column, seen, value), length)
                    .clone();
            double weight = numbers.weight(field, column, seen, value);
            for (int d = 0; d < length; d++) {
                embedding[d] *= weight;
            }
            return embedding;
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
