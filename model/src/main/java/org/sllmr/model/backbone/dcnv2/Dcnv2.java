// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone.dcnv2;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import org.sllmr.model.backbone.Backbone;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.backbone.Inputs;
import org.sllmr.model.backbone.PairSource;
import org.sllmr.model.layer.Cross;
import org.sllmr.model.layer.CrossNetwork;
import org.sllmr.model.layer.CrossNetworkMixture;
import org.sllmr.model.layer.Linear;
import org.sllmr.model.layer.MultilayerPerceptron;
import org.sllmr.model.layer.NetworkBuilder;
import org.sllmr.model.pair.PairNetwork;

/** A cross network and a multilayer perceptron, joined as the settings say. */
final class Dcnv2 implements Backbone {
    private final Dcnv2Settings settings;
    private final Cross cross;
    private final @Nullable MultilayerPerceptron mlp;
    private final boolean parallel;
    private final Linear output;

    Dcnv2(NetworkBuilder builder, InputShape shape, Dcnv2Settings settings) {
        this.settings = settings;
        int width = shape.width();
        cross = switch (settings.cross()) {
            case FULL -> new CrossNetwork(builder, "cross", width, settings.crossLayers());
            case MIXTURE ->
                new CrossNetworkMixture(
                        builder,
                        "cross",
                        width,
                        new CrossNetworkMixture.Shape(
                                settings.crossLayers(),
                                settings.experts(),
                                settings.rank(),
                                settings.factorInitialization(),
                                settings.gateBias()));
        };
        parallel = settings.structure() == Dcnv2Settings.Structure.PARALLEL;
        mlp = settings.structure() == Dcnv2Settings.Structure.CROSS_ONLY
                ? null
                : new MultilayerPerceptron(builder, "mlp", width, settings.mlp());
        int last = mlp == null ? width : mlp.width() + (parallel ? width : 0);
        output = new Linear(builder, "output", last, 1);
    }

    @Override
    public PairNetwork pairs(PairSource source) {
        return Dcnv2Pairs.shares(settings) ? new Dcnv2Pairs(source, settings) : Backbone.super.pairs(source);
    }

    @Override
    public Tensor forward(Inputs inputs) {
        Tensor x0 = inputs.fields();
        Tensor crossed = cross.forward(x0);
        if (mlp == null) {
            return output.forward(crossed);
        }
        if (parallel) {
            Tensor deep = mlp.forward(x0, inputs.pass());
            return output.forward(torch.cat(new TensorVector(crossed, deep), 1));
        }
        return output.forward(mlp.forward(crossed, inputs.pass()));
    }
}
