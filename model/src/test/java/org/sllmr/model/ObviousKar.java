// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.Arrays;
import java.util.List;
import org.sllmr.model.augmentation.Kar;

/** The hybrid-expert adaptor for one row, expert by expert. */
final class ObviousKar {
    private ObviousKar() {}

    /** What the vectors of user and item become, one behind the other. */
    static double[] of(ObviousLayers layers, Kar kar, List<double[]> vectors) {
        return ObviousLayers.concatenate(
                List.of(tower(layers, kar, "user", vectors.get(0)), tower(layers, kar, "item", vectors.get(1))));
    }

    private static double[] tower(ObviousLayers layers, Kar kar, String name, double[] x) {
        int experts = kar.sharedExperts() + kar.ownExperts();
        double[] gates = layers.linear("kar." + name + ".gate", x);
        double total = Arrays.stream(gates).map(Math::exp).sum();
        double[] out = new double[kar.width()];
        for (int expert = 0; expert < experts; expert++) {
            boolean shared = expert < kar.sharedExperts();
            String kind = shared ? "kar.shared" : "kar." + name;
            double[] y = expert(layers, kar, kind, shared ? expert : expert - kar.sharedExperts(), x);
            for (int i = 0; i < out.length; i++) {
                out[i] += Math.exp(gates[expert]) / total * y[i];
            }
        }
        return out;
    }

    private static double[] expert(ObviousLayers layers, Kar kar, String kind, int expert, double[] x) {
        double[] hidden = new double[kar.hidden()];
        for (int i = 0; i < hidden.length; i++) {
            int unit = expert * kar.hidden() + i;
            double sum = layers.dot(kind + ".first.weight", unit * x.length, 1, x)
                    + layers.values(kind + ".first.bias")[unit];
            hidden[i] = Math.max(0, sum);
        }
        return Arrays.stream(layers.linear(kind + "." + expert + ".second", hidden))
                .map(y -> Math.max(0, y))
                .toArray();
    }
}
