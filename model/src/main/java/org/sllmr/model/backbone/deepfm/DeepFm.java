// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone.deepfm;

import org.bytedeco.pytorch.Tensor;
import org.sllmr.model.backbone.Backbone;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.backbone.Inputs;
import org.sllmr.model.backbone.PairSource;
import org.sllmr.model.layer.FactorizationMachine;
import org.sllmr.model.layer.Linear;
import org.sllmr.model.layer.MultilayerPerceptron;
import org.sllmr.model.layer.NetworkBuilder;
import org.sllmr.model.pair.PairNetwork;

/** y = FM(x) + Linear(MLP(x)), besides the first-order weights (Guo et al. 2017, equations 1 to 4). */
final class DeepFm implements Backbone {
    private final DeepFmSettings settings;
    private final FactorizationMachine machine;
    private final MultilayerPerceptron mlp;
    private final Linear output;

    DeepFm(NetworkBuilder builder, InputShape shape, DeepFmSettings settings) {
        this.settings = settings;
        machine = new FactorizationMachine(shape.fields().size(), shape.dimension());
        mlp = new MultilayerPerceptron(builder, "mlp", shape.width(), settings.mlp());
        output = new Linear(builder, "output", mlp.width(), 1);
    }

    @Override
    public PairNetwork pairs(PairSource source) {
        return new DeepFmPairs(source, settings);
    }

    @Override
    public Tensor forward(Inputs inputs) {
        Tensor deep = output.forward(mlp.forward(inputs.fields(), inputs.pass()));
        return machine.forward(inputs.fields()).add(deep);
    }
}
