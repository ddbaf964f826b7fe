// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;
import org.sllmr.model.layer.MlpSettings.DropoutPlacement;

/** Linear layers, each followed by batch normalisation (if wanted) and activation, with dropout before or after. */
public final class Perceptron {
    private Perceptron() {}

    /** The output of the layers {@code name.0}, {@code name.1} and so on over x. */
    public static Node of(GraphBuilder network, String name, Node x, MlpSettings settings) {
        boolean dropoutFirst = settings.dropoutPlacement() == DropoutPlacement.BEFORE_LINEAR;
        Node y = x;
        for (int i = 0; i < settings.units().size(); i++) {
            String layer = name + "." + i;
            if (dropoutFirst) {
                y = network.dropout(settings.dropout(), y);
            }
            y = network.linear(layer, y, settings.units().get(i));
            if (settings.batchNorm()) {
                y = network.batchNorm(layer + ".norm", y);
            }
            y = settings.activation().of(network, layer + ".activation", y);
            if (!dropoutFirst) {
                y = network.dropout(settings.dropout(), y);
            }
        }
        return y;
    }
}
