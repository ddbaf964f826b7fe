// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sllmr.data.Column;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.TrainingData;
import org.sllmr.model.backbone.dcnv2.Dcnv2Settings;
import org.sllmr.model.backbone.deepfm.DeepFmSettings;
import org.sllmr.model.file.NamedTensor;
import org.sllmr.model.file.Safetensors;
import org.sllmr.model.layer.Activation;
import org.sllmr.model.layer.MlpSettings;

/** Scores one row at a time in double precision, straight from the definitions: the judge of the fast model. */
final class ObviousScorer {
    private final TrainingData data;
    private final ModelSettings settings;
    private final Map<String, NamedTensor> tensors = new HashMap<>();

    ObviousScorer(TrainingData data, ModelSettings settings, Safetensors file) {
        this.data = data;
        this.settings = settings;
        file.tensors().forEach(tensor -> tensors.put(tensor.name(), tensor));
    }

    double score(InteractionLog log, int user, int item, int position) {
        List<double[]> fields = fields("embeddings.", settings.embeddingDimension(), log, user, item, position);
        double[] x = concatenate(fields);
        if (settings.backbone() instanceof DeepFmSettings deepFm) {
            double score = 0;
            for (double[] weight : fields("first_order.", 1, log, user, item, position)) {
                score += weight[0];
            }
            for (int i = 0; i < fields.size(); i++) {
                for (int j = i + 1; j < fields.size(); j++) {
                    for (int d = 0; d < settings.embeddingDimension(); d++) {
                        score += fields.get(i)[d] * fields.get(j)[d];
                    }
                }
            }
            return score + linear("output", mlp(x, deepFm.mlp()))[0];
        }
        Dcnv2Settings dcn = (Dcnv2Settings) settings.backbone();
        double[] crossed = cross(x, dcn);
        return linear(
                "output",
                switch (dcn.structure()) {
                    case PARALLEL -> concatenate(List.of(crossed, mlp(x, dcn.mlp())));
                    case STACKED -> mlp(crossed, dcn.mlp());
                    case CROSS_ONLY -> crossed;
                })[0];
    }

    private List<double[]> fields(String kind, int length, InteractionLog log, int user, int item, int position) {
        List<double[]> all = new ArrayList<>();
        all.add(row(kind + "user", user, length));
        for (Column column : data.userFields()) {
            all.add(mean(kind + "user." + column.name(), column, user, length));
        }
        all.add(row(kind + "item", item, length));
        for (Column column : data.catalogue().fields()) {
            all.add(mean(kind + "item." + column.name(), column, item, length));
        }
        for (Column column : data.contextFields()) {
            all.add(
                    position < log.length(user)
                            ? mean(kind + "context." + column.name(), column, log.index(user, position), length)
                            : new double[length]);
        }
        List<Integer> history = new ArrayList<>();
        for (int p = Math.max(0, position - settings.schema().historyLength()); p < position; p++) {
            history.add(log.item(user, p));
        }
        all.add(mean(history.stream().map(h -> row(kind + "item", h, length)).toList(), length));
        for (Column column : data.catalogue().fields()) {
            String table = kind + "item." + column.name();
            all.add(mean(
                    history.stream().map(h -> mean(table, column, h, length)).toList(), length));
        }
        return all;
    }

    private double[] row(String table, int row, int length) {
        double[] values = new double[length];
        for (int d = 0; d < length; d++) {
            values[d] = tensor(table).values()[row * length + d];
        }
        return values;
    }

    private double[] mean(String table, Column column, int row, int length) {
        List<double[]> values = new ArrayList<>();
        for (int i = column.offsets()[row]; i < column.offsets()[row + 1]; i++) {
            values.add(row(table, column.values()[i], length));
        }
        return mean(values, length);
    }

    private static double[] mean(List<double[]> values, int length) {
        double[] mean = new double[length];
        for (double[] value : values) {
            for (int d = 0; d < length; d++) {
                mean[d] += value[d] / values.size();
            }
        }
        return mean;
    }

    private double[] mlp(double[] x, MlpSettings mlp) {
        double[] y = x;
        for (int layer = 0; layer < mlp.units().size(); layer++) {
            y = linear("mlp." + layer, y);
            for (int i = 0; i < y.length; i++) {
                if (mlp.batchNorm()) {
                    String norm = "mlp." + layer + ".norm.";
                    double centred = y[i] - tensor(norm + "running_mean").values()[i];
                    double scaled =
                            centred / Math.sqrt(tensor(norm + "running_var").values()[i] + 1e-5);
                    y[i] = scaled * tensor(norm + "weight").values()[i]
                            + tensor(norm + "bias").values()[i];
                }
                y[i] = mlp.activation() == Activation.RELU
                        ? Math.max(0, y[i])
                        : mlp.activation() == Activation.TANH ? Math.tanh(y[i]) : 1 / (1 + Math.exp(-y[i]));
            }
        }
        return y;
    }

    private double[] cross(double[] x0, Dcnv2Settings dcn) {
        double[] x = x0;
        for (int layer = 0; layer < dcn.crossLayers(); layer++) {
            double[] next = x.clone();
            if (dcn.cross() == Dcnv2Settings.CrossKind.FULL) {
                double[] wx = linear("cross." + layer, x);
                for (int i = 0; i < x.length; i++) {
                    next[i] += x0[i] * wx[i];
                }
            } else {
                String name = "cross." + layer + ".";
                double[] gates = new double[dcn.experts()];
                double total = 0;
                for (int e = 0; e < gates.length; e++) {
                    gates[e] = Math.exp(dot("cross.gate", e * x.length, 1, x));
                    total += gates[e];
                }
                for (int e = 0; e < gates.length; e++) {
                    int rank = dcn.rank();
                    double[] low = new double[rank];
                    for (int r = 0; r < rank; r++) {
                        low[r] = Math.tanh(dot(name + "v", (e * rank + r) * x.length, 1, x));
                    }
                    double[] mixed = new double[rank];
                    for (int r = 0; r < rank; r++) {
                        mixed[r] = Math.tanh(dot(name + "c", e * rank * rank + r, rank, low));
                    }
                    for (int i = 0; i < x.length; i++) {
                        double high = dot(name + "u", i * gates.length * rank + e * rank, 1, mixed);
                        next[i] += gates[e]
                                / total
                                * x0[i]
                                * (high + tensor(name + "bias").values()[i]);
                    }
                }
            }
            x = next;
        }
        return x;
    }

    private double[] linear(String name, double[] x) {
        float[] bias = tensor(name + ".bias").values();
        double[] y = new double[bias.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = bias[i] + dot(name + ".weight", i * x.length, 1, x);
        }
        return y;
    }

    private double dot(String name, int from, int step, double[] x) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += tensor(name).values()[from + i * step] * x[i];
        }
        return sum;
    }

    private NamedTensor tensor(String name) {
        NamedTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalStateException("no tensor " + name);
        }
        return tensor;
    }

    private static double[] concatenate(List<double[]> parts) {
        return parts.stream().flatMapToDouble(java.util.Arrays::stream).toArray();
    }
}
