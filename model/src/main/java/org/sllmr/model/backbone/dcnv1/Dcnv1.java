// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone.dcnv1;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.sllmr.model.backbone.Backbone;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.backbone.Inputs;
import org.sllmr.model.backbone.PairSource;
import org.sllmr.model.layer.Linear;
import org.sllmr.model.layer.MultilayerPerceptron;
import org.sllmr.model.layer.NetworkBuilder;
import org.sllmr.model.layer.VectorCrossNetwork;
import org.sllmr.model.pair.PairNetwork;

/** y = Linear([Cross(x), MLP(x)]) (Wang et al. 2017, equation 5). */
final class Dcnv1 implements Backbone {
    private final Dcnv1Settings settings;
    private final VectorCrossNetwork cross;
    private final MultilayerPerceptron mlp;
    private final Linear output;

    Dcnv1(NetworkBuilder builder, InputShape shape, Dcnv1Settings settings) {
        this.settings = settings;
        cross = new VectorCrossNetwork(
                builder, "cross", shape.width(), settings.crossLayers(), settings.crossInitialization());
        mlp = new MultilayerPerceptron(builder, "mlp", shape.width(), settings.mlp());
        output = new Linear(builder, "output", shape.width() + mlp.width(), 1);
    }

    @Override
    public PairNetwork pairs(PairSource source) {
        return new Dcnv1Pairs(source, settings);
    }

    @Override
    public Tensor forward(Inputs inputs) {
        Tensor x = inputs.fields();
        Tensor crossed = cross.forward(x);
        Tensor deep = mlp.forward(x, inputs.pass());
        return output.forward(torch.cat(new TensorVector(crossed, deep), 1));
    }
}
