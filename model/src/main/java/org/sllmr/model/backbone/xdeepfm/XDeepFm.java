// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone.xdeepfm;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import org.sllmr.model.backbone.Backbone;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.backbone.Inputs;
import org.sllmr.model.layer.CompressedInteractionNetwork;
import org.sllmr.model.layer.Linear;
import org.sllmr.model.layer.MlpSettings;
import org.sllmr.model.layer.MultilayerPerceptron;
import org.sllmr.model.layer.NetworkBuilder;

/**
 * y = Linear(CIN(x)) + Linear(MLP(x)), besides the first-order weights (Lian et al. 2018, equation 9).
 *
 * <p>It ranks by whole rows: from the second interaction layer on, every map mixes user and item, so little can be shared, and
 * the kernels that training has make whole rows at least as fast.
 */
final class XDeepFm implements Backbone {
    private final CompressedInteractionNetwork interactions;
    private final Linear interactionOutput;
    private final MultilayerPerceptron mlp;
    private final @Nullable Linear output;

    XDeepFm(NetworkBuilder builder, InputShape shape, XDeepFmSettings settings) {
        interactions = new CompressedInteractionNetwork(
                builder,
                "cin",
                shape.fields().size(),
                shape.dimension(),
                settings.maps(),
                settings.split(),
                settings.activation());
        interactionOutput = new Linear(builder, "cin_output", interactions.width(), 1);
        MlpSettings deep = settings.mlp();
        if (settings.activatedOutput()) {
            List<Integer> units = new ArrayList<>(deep.units());
            units.add(1);
            deep = deep.withUnits(units);
        }
        mlp = new MultilayerPerceptron(builder, "mlp", shape.width(), deep);
        output = settings.activatedOutput() ? null : new Linear(builder, "output", mlp.width(), 1);
    }

    @Override
    public Tensor forward(Inputs inputs) {
        Tensor crossed = interactionOutput.forward(interactions.forward(inputs.fields(), inputs.pass()));
        Tensor deep = mlp.forward(inputs.fields(), inputs.pass());
        return crossed.add(output == null ? deep : output.forward(deep));
    }
}
