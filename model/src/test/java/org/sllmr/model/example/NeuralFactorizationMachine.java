// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.example;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.sllmr.model.backbone.Backbone;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.layer.Linear;
import org.sllmr.model.layer.MlpSettings;
import org.sllmr.model.layer.MultilayerPerceptron;
import org.sllmr.model.layer.NetworkBuilder;

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
    public Backbone build(NetworkBuilder builder, InputShape shape) {
        // Layers are declared here, once, under the names that the model file will use.
        var perceptron = new MultilayerPerceptron(builder, "mlp", shape.dimension(), mlp);
        var output = new Linear(builder, "output", perceptron.width(), 1);
        return inputs -> {
            Tensor fields = inputs.fields().view(-1, shape.fields().size(), shape.dimension());
            Tensor sum = fields.sum(1);
            Tensor pairs = sum.square().sub(fields.square().sum(1)).mul(new Scalar(0.5f));
            return output.forward(perceptron.forward(pairs, inputs.pass()));
        };
    }
}
