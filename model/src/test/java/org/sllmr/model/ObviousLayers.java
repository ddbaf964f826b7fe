// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sllmr.model.file.NamedTensor;
import org.sllmr.model.layer.Activation;
import org.sllmr.model.layer.MlpSettings;

/** Layers over one row in double precision, as loops over named tensors. */
public final class ObviousLayers {
    private final Map<String, NamedTensor> tensors = new HashMap<>();

    ObviousLayers(List<NamedTensor> all) {
        all.forEach(tensor -> tensors.put(tensor.name(), tensor));
    }

    boolean has(String name) {
        return tensors.containsKey(name);
    }

    float[] values(String name) {
        NamedTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalStateException("no tensor " + name);
        }
        return tensor.values();
    }

    double[] row(String table, int row, int length) {
        double[] values = new double[length];
        if (has(table)) {
            for (int d = 0; d < length; d++) {
                values[d] = values(table)[row * length + d];
            }
        }
        return values;
    }

    public double[] mlp(String name, double[] x, MlpSettings mlp) {
        double[] y = x;
        for (int layer = 0; layer < mlp.units().size(); layer++) {
            String prefix = name + "." + layer;
            y = linear(prefix, y);
            if (mlp.batchNorm()) {
                y = normalise(prefix + ".norm", y, 1e-5);
            }
            y = activate(mlp.activation(), prefix + ".activation", y);
        }
        return y;
    }

    double[] activate(Activation activation, String name, double[] x) {
        double[] y = new double[x.length];
        double[] normal = activation == Activation.DICE ? normalise(name, x, 1e-8) : x;
        for (int i = 0; i < x.length; i++) {
            double p = 1 / (1 + Math.exp(-normal[i]));
            y[i] = switch (activation) {
                case IDENTITY -> x[i];
                case RELU -> Math.max(0, x[i]);
                case TANH -> Math.tanh(x[i]);
                case SIGMOID -> p;
                case PRELU -> x[i] > 0 ? x[i] : values(name + ".slope")[i] * x[i];
                case DICE -> p * x[i] + (1 - p) * values(name + ".slope")[i] * x[i];
            };
        }
        return y;
    }

    private double[] normalise(String name, double[] x, double epsilon) {
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = (x[i] - values(name + ".running_mean")[i]) / Math.sqrt(values(name + ".running_var")[i] + epsilon);
            if (has(name + ".weight")) {
                y[i] = y[i] * values(name + ".weight")[i] + values(name + ".bias")[i];
            }
        }
        return y;
    }

    public double[] linear(String name, double[] x) {
        int out = values(name + ".weight").length / x.length;
        double[] y = new double[out];
        for (int i = 0; i < out; i++) {
            y[i] = dot(name + ".weight", i * x.length, 1, x) + (has(name + ".bias") ? values(name + ".bias")[i] : 0);
        }
        return y;
    }

    double dot(String name, int from, int step, double[] x) {
        float[] weights = values(name);
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += weights[from + i * step] * x[i];
        }
        return sum;
    }

    static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    static double[] concatenate(List<double[]> parts) {
        return parts.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    /** A field that the network makes of floats; empty if the model leaves it out. */
    double[] project(String field, double[] floats) {
        String name = "inputs." + field;
        return has(name + ".weight") ? linear(name, floats) : new double[0];
    }
}
