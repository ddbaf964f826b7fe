// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.autoint.AutoIntSettings;
import org.sllmr.model.backbone.dcnv1.Dcnv1Settings;
import org.sllmr.model.backbone.dcnv2.Dcnv2Settings;
import org.sllmr.model.backbone.deepfm.DeepFmSettings;
import org.sllmr.model.backbone.din.DinSettings;
import org.sllmr.model.backbone.lightgcn.LightGcnSettings;
import org.sllmr.model.backbone.mf.MatrixFactorizationSettings;
import org.sllmr.model.backbone.neumf.NeuMfSettings;
import org.sllmr.model.backbone.sasrec.SasRecSettings;
import org.sllmr.model.backbone.xdeepfm.XDeepFmSettings;
import org.sllmr.model.layer.Activation;
import org.sllmr.model.layer.LocalActivationSettings;

/** The backbones for one row, each straight from its paper's equations. */
public final class ObviousBackbones {
    private final ObviousLayers layers;
    private final int dimension;
    private final Optional<Definition> other;

    /** The definition of a backbone that is not among these. */
    @FunctionalInterface
    public interface Definition {
        /** The logit of a row, without first-order weights, from the vectors of its fields. */
        double score(ObviousLayers layers, List<double[]> fields);
    }

    ObviousBackbones(ObviousLayers layers, int dimension, Optional<Definition> other) {
        this.layers = layers;
        this.dimension = dimension;
        this.other = other;
    }

    /**
     * The logit of a row to which a vector was added.
     *
     * @param made the vector; empty for none
     */
    double score(BackboneSettings settings, Map<String, double[]> named, List<double[]> history, double[] made) {
        if (made.length == 0) {
            return alone(settings, named, history, made);
        }
        return switch (settings.added()) {
            case AS_FIELD -> {
                named.put("knowledge", made.length == dimension ? made : layers.linear("augmentation.field", made));
                yield alone(settings, named, history, made);
            }
            case BESIDE_FIELDS -> {
                named.put("knowledge", made);
                yield alone(settings, named, history, made);
            }
            case DEEP -> alone(settings, named, history, made) + layers.linear("augmentation.first_order", made)[0];
        };
    }

    private double alone(
            BackboneSettings settings, Map<String, double[]> named, List<double[]> history, double[] made) {
        List<double[]> fields = List.copyOf(named.values());
        if (other.isPresent()) {
            return other.get().score(layers, fields);
        }
        double[] x = ObviousLayers.concatenate(fields);
        if (settings instanceof DeepFmSettings deepFm) {
            double[] deep = ObviousLayers.concatenate(List.of(x, made));
            return factorizationMachine(fields) + layers.linear("output", layers.mlp("mlp", deep, deepFm.mlp()))[0];
        }
        if (settings instanceof XDeepFmSettings xDeepFm) {
            return xDeepFm(fields, x, xDeepFm);
        }
        if (settings instanceof AutoIntSettings autoInt) {
            return autoInt(fields, x, autoInt);
        }
        if (settings instanceof Dcnv1Settings dcn) {
            double[] deep = layers.mlp("mlp", x, dcn.mlp());
            return layers.linear("output", ObviousLayers.concatenate(List.of(vectorCross(x, dcn), deep)))[0];
        }
        if (settings instanceof Dcnv2Settings dcn) {
            double[] crossed = cross(x, dcn);
            return layers.linear(
                            "output",
                            switch (dcn.structure()) {
                                case PARALLEL ->
                                    ObviousLayers.concatenate(List.of(crossed, layers.mlp("mlp", x, dcn.mlp())));
                                case STACKED -> layers.mlp("mlp", crossed, dcn.mlp());
                                case CROSS_ONLY -> crossed;
                            })[0];
        }
        if (settings instanceof DinSettings din) {
            return din(named, history, din);
        }
        if (settings instanceof MatrixFactorizationSettings) {
            return ObviousLayers.dot(side(named, false, 0, dimension), side(named, true, 0, dimension))
                    + layers.values("mean")[0];
        }
        if (settings instanceof SasRecSettings sequence) {
            return new ObviousSequence(layers, dimension).score(named, history, sequence);
        }
        if (settings instanceof LightGcnSettings) {
            // A model file has the rows that are propagated already.
            return ObviousLayers.dot(side(named, false, 0, dimension), side(named, true, 0, dimension));
        }
        if (settings instanceof TokenDecoder decoder) {
            List<double[]> tokens =
                    fields.stream().map(field -> layers.linear("tokens", field)).toList();
            List<double[]> attended = ObviousDecoder.attention(
                    tokens.stream()
                            .map(token -> layers.linear("attention", ObviousDecoder.norm(layers, "norm", token)))
                            .toList(),
                    decoder.heads(),
                    100);
            List<double[]> sums = new ArrayList<>();
            for (int i = 0; i < tokens.size(); i++) {
                sums.add(ObviousDecoder.sum(tokens.get(i), attended.get(i)));
            }
            return layers.linear("output", ObviousLayers.concatenate(sums))[0];
        }
        NeuMfSettings neuMf = (NeuMfSettings) settings;
        int factors = neuMf.factors() == 0 ? dimension / 2 : neuMf.factors();
        double[] user = side(named, false, 0, factors);
        double[] item = side(named, true, 0, factors);
        double[] product = new double[factors];
        for (int d = 0; d < factors; d++) {
            product[d] = user[d] * item[d];
        }
        double[] rest = ObviousLayers.concatenate(fields.stream()
                .map(field -> Arrays.copyOfRange(field, factors, dimension))
                .toList());
        double[] deep = layers.mlp("mlp", ObviousLayers.concatenate(List.of(rest, made)), neuMf.mlp());
        return layers.linear("output", ObviousLayers.concatenate(List.of(product, deep)))[0];
    }

    private static double[] side(Map<String, double[]> named, boolean ofItem, int from, int to) {
        double[] sum = new double[to - from];
        named.forEach((name, field) -> {
            if (name.startsWith("item") == ofItem) {
                for (int d = from; d < to; d++) {
                    sum[d - from] += field[d];
                }
            }
        });
        return sum;
    }

    private static double factorizationMachine(List<double[]> fields) {
        double score = 0;
        for (int i = 0; i < fields.size(); i++) {
            for (int j = i + 1; j < fields.size(); j++) {
                score += ObviousLayers.dot(fields.get(i), fields.get(j));
            }
        }
        return score;
    }

    private double xDeepFm(List<double[]> fields, double[] x, XDeepFmSettings settings) {
        List<Double> pooled = new ArrayList<>();
        List<double[]> before = fields;
        for (int k = 0; k < settings.maps().size(); k++) {
            int count = settings.maps().get(k);
            double[][] maps = new double[count][dimension];
            for (int d = 0; d < dimension; d++) {
                double[] products = new double[before.size() * fields.size()];
                for (int i = 0; i < before.size(); i++) {
                    for (int m = 0; m < fields.size(); m++) {
                        products[m * before.size() + i] = before.get(i)[d] * fields.get(m)[d];
                    }
                }
                double[] y = layers.activate(
                        settings.activation(), "cin." + k + ".activation", layers.linear("cin." + k, products));
                for (int h = 0; h < count; h++) {
                    maps[h][d] = y[h];
                }
            }
            boolean halved = settings.split() && k < settings.maps().size() - 1;
            for (int h = halved ? count / 2 : 0; h < count; h++) {
                pooled.add(Arrays.stream(maps[h]).sum());
            }
            before = Arrays.asList(maps).subList(0, halved ? count / 2 : count);
        }
        double score = layers.linear(
                        "cin_output",
                        pooled.stream().mapToDouble(value -> value).toArray())[0];
        double[] deep = layers.mlp("mlp", x, settings.mlp());
        if (!settings.activatedOutput()) {
            return score + layers.linear("output", deep)[0];
        }
        List<Integer> units = new ArrayList<>(settings.mlp().units());
        units.add(1);
        return score + layers.mlp("mlp", x, settings.mlp().withUnits(units))[0];
    }

    private double autoInt(List<double[]> fields, double[] x, AutoIntSettings settings) {
        boolean interacting = settings.form() == AutoIntSettings.Form.INTERACTING;
        List<double[]> y = interacting
                ? fields
                : fields.stream().map(field -> layers.linear("input", field)).toList();
        for (int layer = 0; layer < settings.layers(); layer++) {
            List<double[]> attended = attend("attention." + layer, y, settings);
            if (interacting) {
                for (int i = 0; i < y.size(); i++) {
                    if (settings.residual()) {
                        add(attended.get(i), layers.linear("residual." + layer, y.get(i)));
                    }
                    attended.set(i, layers.activate(Activation.RELU, "", attended.get(i)));
                }
            }
            y = attended;
        }
        if (!interacting) {
            List<double[]> last = new ArrayList<>();
            for (int i = 0; i < y.size(); i++) {
                if (settings.residual()) {
                    add(y.get(i), layers.linear("residual", fields.get(i)));
                }
                last.add(layers.activate(Activation.RELU, "", y.get(i)));
            }
            y = last;
        }
        double score = layers.linear("output", ObviousLayers.concatenate(y))[0];
        return settings.mlp().units().isEmpty()
                ? score
                : score + layers.linear("deep_output", layers.mlp("mlp", x, settings.mlp()))[0];
    }

    private List<double[]> attend(String name, List<double[]> x, AutoIntSettings settings) {
        int size = settings.attentionSize();
        int part = size / settings.heads();
        List<double[]> all = x.stream().map(field -> layers.linear(name, field)).toList();
        List<double[]> y = new ArrayList<>();
        for (int i = 0; i < x.size(); i++) {
            double[] out = new double[size];
            for (int head = 0; head < settings.heads(); head++) {
                double[] weights = new double[x.size()];
                double total = 0;
                for (int j = 0; j < x.size(); j++) {
                    double product = 0;
                    for (int d = head * part; d < (head + 1) * part; d++) {
                        product += all.get(i)[d] * all.get(j)[size + d];
                    }
                    weights[j] = Math.exp(settings.scaled() ? product / Math.sqrt(part) : product);
                    total += weights[j];
                }
                for (int j = 0; j < x.size(); j++) {
                    for (int d = head * part; d < (head + 1) * part; d++) {
                        out[d] += weights[j] / total * all.get(j)[2 * size + d];
                    }
                }
            }
            y.add(layers.has(name + ".output.weight") ? layers.linear(name + ".output", out) : out);
        }
        return y;
    }

    private static void add(double[] sum, double[] other) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other[i];
        }
    }

    private double din(Map<String, double[]> named, List<double[]> history, DinSettings settings) {
        List<double[]> fields = new ArrayList<>();
        List<double[]> targets = new ArrayList<>();
        named.forEach((name, field) -> {
            if (!name.startsWith("history") || layers.has("inputs." + name + ".weight")) {
                fields.add(field);
            } else {
                targets.add(named.get(name.replaceFirst("history", "item")));
            }
        });
        double[] target = ObviousLayers.concatenate(targets);
        double[] weights = history.stream()
                .mapToDouble(item -> activation(target, item, settings.attention()))
                .toArray();
        if (settings.attention().softmax()) {
            double total = Arrays.stream(weights).map(Math::exp).sum();
            weights = Arrays.stream(weights)
                    .map(weight -> Math.exp(weight) / total)
                    .toArray();
        }
        double[] attended = new double[target.length];
        for (int t = 0; t < weights.length; t++) {
            for (int d = 0; d < attended.length; d++) {
                attended[d] += weights[t] * history.get(t)[d];
            }
        }
        fields.add(attended);
        return layers.linear("output", layers.mlp("mlp", ObviousLayers.concatenate(fields), settings.mlp()))[0];
    }

    private double activation(double[] target, double[] item, LocalActivationSettings settings) {
        double[] difference = new double[target.length];
        double[] product = new double[target.length];
        for (int d = 0; d < target.length; d++) {
            difference[d] = target[d] - item[d];
            product[d] = target[d] * item[d];
        }
        double[] y = ObviousLayers.concatenate(List.of(target, item, difference, product));
        int hidden = settings.units().size();
        for (int layer = 0; layer < hidden; layer++) {
            boolean linear = settings.linearLast() && layer == hidden - 1;
            y = layers.activate(
                    linear ? Activation.IDENTITY : settings.activation(),
                    "attention." + layer + ".activation",
                    layers.linear("attention." + layer, y));
        }
        return layers.linear("attention." + hidden, y)[0];
    }

    private double[] vectorCross(double[] x0, Dcnv1Settings dcn) {
        double[] x = x0;
        for (int layer = 0; layer < dcn.crossLayers(); layer++) {
            double product = layers.dot("cross." + layer + ".weight", 0, 1, x);
            double[] next = x.clone();
            for (int i = 0; i < x.length; i++) {
                next[i] += x0[i] * product + layers.values("cross." + layer + ".bias")[i];
            }
            x = next;
        }
        return x;
    }

    private double[] cross(double[] x0, Dcnv2Settings dcn) {
        double[] x = x0;
        for (int layer = 0; layer < dcn.crossLayers(); layer++) {
            double[] next = x.clone();
            if (dcn.cross() == Dcnv2Settings.CrossKind.FULL) {
                double[] wx = layers.linear("cross." + layer, x);
                for (int i = 0; i < x.length; i++) {
                    next[i] += x0[i] * wx[i];
                }
            } else {
                mix("cross." + layer + ".", x0, x, next, dcn);
            }
            x = next;
        }
        return x;
    }

    private void mix(String name, double[] x0, double[] x, double[] next, Dcnv2Settings dcn) {
        double[] gates = new double[dcn.experts()];
        double total = 0;
        for (int e = 0; e < gates.length; e++) {
            double bias = dcn.gateBias() ? layers.values("cross.gate_bias")[e] : 0;
            gates[e] = Math.exp(layers.dot("cross.gate", e * x.length, 1, x) + bias);
            total += gates[e];
        }
        for (int e = 0; e < gates.length; e++) {
            int rank = dcn.rank();
            double[] low = new double[rank];
            for (int r = 0; r < rank; r++) {
                low[r] = Math.tanh(layers.dot(name + "v", (e * rank + r) * x.length, 1, x));
            }
            double[] mixed = new double[rank];
            for (int r = 0; r < rank; r++) {
                mixed[r] = Math.tanh(layers.dot(name + "c", e * rank * rank + r, rank, low));
            }
            for (int i = 0; i < x.length; i++) {
                double high = layers.dot(name + "u", i * gates.length * rank + e * rank, 1, mixed);
                next[i] += gates[e] / total * x0[i] * (high + layers.values(name + "bias")[i]);
            }
        }
    }
}
