// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A decoder for one row, token by token. */
final class ObviousDecoder {
    private ObviousDecoder() {}

    /** What the last token becomes after all layers. */
    static double[] of(ObviousLayers layers, String name, List<double[]> tokens, int depth, int heads) {
        List<double[]> h = tokens;
        for (int layer = 0; layer < depth; layer++) {
            String prefix = name + "." + layer;
            List<double[]> attended = attention(
                    h.stream()
                            .map(x -> layers.linear(
                                    prefix + ".attention", norm(layers, prefix + ".attention_norm.weight", x)))
                            .toList(),
                    heads,
                    1e4);
            List<double[]> next = new ArrayList<>();
            for (int token = 0; token < h.size(); token++) {
                double[] x = sum(h.get(token), layers.linear(prefix + ".output", attended.get(token)));
                double[] n = norm(layers, prefix + ".forward_norm.weight", x);
                double[] gate = layers.linear(prefix + ".w1", n);
                double[] up = layers.linear(prefix + ".w3", n);
                double[] gated = IntStream.range(0, gate.length)
                        .mapToDouble(i -> gate[i] / (1 + Math.exp(-gate[i])) * up[i])
                        .toArray();
                next.add(sum(x, layers.linear(prefix + ".w2", gated)));
            }
            h = next;
        }
        return norm(layers, name + ".norm.weight", h.get(h.size() - 1));
    }

    static double[] norm(ObviousLayers layers, String weight, double[] x) {
        double root = Math.sqrt(Arrays.stream(x).map(v -> v * v).average().orElseThrow() + 1e-5);
        return IntStream.range(0, x.length)
                .mapToDouble(i -> x[i] / root * layers.values(weight)[i])
                .toArray();
    }

    static double[] sum(double[] x, double[] y) {
        return IntStream.range(0, x.length).mapToDouble(i -> x[i] + y[i]).toArray();
    }

    /** Of queries, keys and values, each of all heads, one behind the other. */
    static List<double[]> attention(List<double[]> all, int heads, double base) {
        int width = all.get(0).length / 3;
        int size = width / heads;
        List<double[]> results = new ArrayList<>();
        for (int token = 0; token < all.size(); token++) {
            double[] out = new double[width];
            for (int head = 0; head < heads; head++) {
                double[] query = turned(all.get(token), head * size, size, token, base);
                double[] weights = new double[token + 1];
                for (int other = 0; other <= token; other++) {
                    double[] key = turned(all.get(other), width + head * size, size, other, base);
                    weights[other] = Math.exp(ObviousLayers.dot(query, key) / Math.sqrt(size));
                }
                double total = Arrays.stream(weights).sum();
                for (int other = 0; other <= token; other++) {
                    for (int d = 0; d < size; d++) {
                        out[head * size + d] += weights[other] / total * all.get(other)[2 * width + head * size + d];
                    }
                }
            }
            results.add(out);
        }
        return results;
    }

    private static double[] turned(double[] x, int from, int size, int token, double base) {
        double[] y = new double[size];
        for (int i = 0; i < size; i += 2) {
            double angle = token / Math.pow(base, (double) i / size);
            y[i] = x[from + i] * Math.cos(angle) - x[from + i + 1] * Math.sin(angle);
            y[i + 1] = x[from + i] * Math.sin(angle) + x[from + i + 1] * Math.cos(angle);
        }
        return y;
    }
}
