// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone.deepfm;

import org.sllmr.model.backbone.AddedInput;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;
import org.sllmr.model.layer.FactorizationMachine;
import org.sllmr.model.layer.MlpSettings;
import org.sllmr.model.layer.Perceptron;

/**
 * DeepFM (Guo et al. 2017): first-order weights, a factorization machine and a multilayer perceptron over one embedding.
 *
 * @param firstOrder which fields have first-order weights; all in the paper
 * @param mlp the deep part
 */
public record DeepFmSettings(FirstOrder firstOrder, MlpSettings mlp) implements BackboneSettings {
    /** First-order weights of all fields, and an MLP 200-80 with dropout 0.1. */
    public static DeepFmSettings defaults() {
        return new DeepFmSettings(FirstOrder.ALL_FIELDS, MlpSettings.defaults());
    }

    @Override
    public AddedInput added() {
        return AddedInput.DEEP;
    }

    /** y = FM(x) + Linear(MLP(x)), besides the first-order weights (equations 1 to 4). */
    @Override
    public Node build(GraphBuilder network, InputShape shape) {
        Node x = network.fields();
        Node deep = network.linear("output", Perceptron.of(network, "mlp", network.withAdded(x), mlp), 1);
        return network.sum(FactorizationMachine.term(network, x, shape.fields().size()), deep);
    }
}
