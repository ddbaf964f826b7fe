// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.sllmr.model.backbone.sasrec.SasRecSettings;

/** A sequence backbone for one row, item by item. */
final class ObviousSequence {
    private final ObviousLayers layers;
    private final int dimension;

    ObviousSequence(ObviousLayers layers, int dimension) {
        this.layers = layers;
        this.dimension = dimension;
    }

    double score(Map<String, double[]> named, List<double[]> history, SasRecSettings settings) {
        List<double[]> ofUser = new ArrayList<>();
        List<double[]> twins = new ArrayList<>();
        List<String> twinNames = new ArrayList<>();
        named.forEach((name, field) -> {
            if (name.startsWith("history") && !layers.has("inputs." + name + ".weight")) {
                String twin = name.replaceFirst("history", "item");
                twinNames.add(twin);
                twins.add(named.get(twin));
            } else if (!name.startsWith("item")) {
                ofUser.add(field);
            }
        });
        List<double[]> others = named.entrySet().stream()
                .filter(field -> field.getKey().startsWith("item") && !twinNames.contains(field.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        double[] user = last(history, settings);
        if (ofUser.isEmpty()) {
            double[] bias = IntStream.range(0, dimension)
                    .mapToDouble(i -> layers.values("user.bias")[i])
                    .toArray();
            user = ObviousDecoder.sum(user, bias);
        } else {
            user = ObviousDecoder.sum(user, layers.linear("user", ObviousLayers.concatenate(ofUser)));
        }
        double[] item = item(ObviousLayers.concatenate(twins), settings);
        if (!others.isEmpty()) {
            item = ObviousDecoder.sum(item, layers.linear("item_fields", ObviousLayers.concatenate(others)));
        }
        return ObviousLayers.dot(user, item);
    }

    private double[] item(double[] fields, SasRecSettings settings) {
        if (settings.experts() > 0) {
            return mixed(fields, settings.experts());
        }
        return fields.length == dimension ? fields : layers.linear("item", fields);
    }

    private double[] mixed(double[] fields, int experts) {
        double[] all = layers.linear("item.experts", fields);
        double[] gates = layers.linear("item.gate", fields);
        double total = 0;
        for (int expert = 0; expert < experts; expert++) {
            total += Math.exp(gates[expert]);
        }
        double[] result = new double[dimension];
        for (int expert = 0; expert < experts; expert++) {
            for (int d = 0; d < dimension; d++) {
                result[d] += Math.exp(gates[expert]) / total * all[expert * dimension + d];
            }
        }
        return result;
    }

    private double[] last(List<double[]> history, SasRecSettings settings) {
        if (history.isEmpty()) {
            return new double[dimension];
        }
        List<double[]> x = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            double[] place = layers.row("encoder.positions", history.size() - 1 - i, dimension);
            x.add(ObviousDecoder.sum(item(history.get(i), settings), place));
        }
        for (int layer = 0; layer < settings.layers(); layer++) {
            String name = "encoder." + layer;
            List<double[]> all = x.stream()
                    .map(item -> layers.linear(
                            name + ".attention", ObviousDecoder.norm(layers, name + ".attention_norm.weight", item)))
                    .toList();
            List<double[]> next = new ArrayList<>();
            for (int i = 0; i < x.size(); i++) {
                double[] y = ObviousDecoder.sum(
                        x.get(i), layers.linear(name + ".output", attended(all, i, settings.heads())));
                double[] hidden =
                        layers.linear(name + ".hidden", ObviousDecoder.norm(layers, name + ".hidden_norm.weight", y));
                for (int h = 0; h < hidden.length; h++) {
                    hidden[h] = Math.max(0, hidden[h]);
                }
                next.add(ObviousDecoder.sum(y, layers.linear(name + ".forward", hidden)));
            }
            x = next;
        }
        return ObviousDecoder.norm(layers, "encoder.norm.weight", x.get(x.size() - 1));
    }

    private static double[] attended(List<double[]> all, int item, int heads) {
        int width = all.get(0).length / 3;
        int size = width / heads;
        double[] result = new double[width];
        for (int head = 0; head < heads; head++) {
            double[] weights = new double[item + 1];
            double total = 0;
            for (int other = 0; other <= item; other++) {
                double product = 0;
                for (int d = 0; d < size; d++) {
                    product += all.get(item)[head * size + d] * all.get(other)[width + head * size + d];
                }
                weights[other] = Math.exp(product / Math.sqrt(size));
                total += weights[other];
            }
            for (int other = 0; other <= item; other++) {
                for (int d = 0; d < size; d++) {
                    result[head * size + d] += weights[other] / total * all.get(other)[2 * width + head * size + d];
                }
            }
        }
        return result;
    }
}
