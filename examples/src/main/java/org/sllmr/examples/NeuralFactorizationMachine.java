// SPDX-License-Identifier: Apache-2.0
package org.sllmr.examples;

import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;
import org.sllmr.model.layer.FactorizationMachine;
import org.sllmr.model.layer.MlpSettings;
import org.sllmr.model.layer.Perceptron;

/**
 * Neural factorization machine (He and Chua 2017): a perceptron over the sum of the products of all pairs of fields.
 *
 * @param mlp the perceptron
 */
public record NeuralFactorizationMachine(MlpSettings mlp) implements BackboneSettings {
    /** MLP 200-80 with dropout 0.1. */
    public static NeuralFactorizationMachine defaults() {
        return new NeuralFactorizationMachine(MlpSettings.defaults());
    }

    @Override
    public FirstOrder firstOrder() {
        return FirstOrder.ALL_FIELDS;
    }

    @Override
    public Node build(GraphBuilder network, InputShape shape) {
        Node products = FactorizationMachine.products(
                network, network.fields(), shape.fields().size());
        return network.linear("output", Perceptron.of(network, "mlp", products, mlp), 1);
    }
}
