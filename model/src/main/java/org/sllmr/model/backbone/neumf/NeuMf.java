// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone.neumf;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.model.backbone.Backbone;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.backbone.Inputs;
import org.sllmr.model.backbone.PairSource;
import org.sllmr.model.backbone.Sides;
import org.sllmr.model.layer.Linear;
import org.sllmr.model.layer.MultilayerPerceptron;
import org.sllmr.model.layer.NetworkBuilder;
import org.sllmr.model.pair.PairNetwork;

/** y = Linear([p_u * q_i, MLP([p'_u, q'_i])]) (He et al. 2017, equation 12). */
final class NeuMf implements Backbone {
    private final NeuMfSettings settings;
    private final Sides sides;
    private final int fields;
    private final int dimension;
    private final int factors;
    private final MultilayerPerceptron mlp;
    private final Linear output;

    NeuMf(NetworkBuilder builder, InputShape shape, NeuMfSettings settings) {
        this.settings = settings;
        sides = new Sides(shape);
        fields = shape.fields().size();
        dimension = shape.dimension();
        factors = settings.factors() == 0 ? dimension / 2 : settings.factors();
        if (factors < 1 || factors >= dimension) {
            throw new InvalidInputException(
                    "backbone.factors",
                    "takes " + factors + " of an embedding of " + dimension
                            + " floats; allowed is 1 to below the embedding dimension");
        }
        mlp = new MultilayerPerceptron(builder, "mlp", fields * (dimension - factors), settings.mlp());
        output = new Linear(builder, "output", factors + mlp.width(), 1);
    }

    @Override
    public PairNetwork pairs(PairSource source) {
        return new NeuMfPairs(source, settings, factors);
    }

    @Override
    public Tensor forward(Inputs inputs) {
        Tensor x = inputs.fields().view(-1, fields, dimension);
        Tensor product = sides.product(x.narrow(2, 0, factors));
        long rest = (long) dimension - factors;
        Tensor deep = mlp.forward(x.narrow(2, factors, rest).reshape(-1, fields * rest), inputs.pass());
        return output.forward(torch.cat(new TensorVector(product, deep), 1));
    }
}
