// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone.mf;

import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.sllmr.model.backbone.Backbone;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.backbone.Inputs;
import org.sllmr.model.backbone.PairSource;
import org.sllmr.model.backbone.Sides;
import org.sllmr.model.initialization.Initialization;
import org.sllmr.model.layer.NetworkBuilder;
import org.sllmr.model.layer.Parameter;
import org.sllmr.model.pair.PairNetwork;

/** y = p_u . q_i + mu, besides the biases of user and item, which are first-order weights. */
final class MatrixFactorization implements Backbone {
    private final Sides sides;
    private final int fields;
    private final int dimension;
    private final Parameter mean;

    MatrixFactorization(NetworkBuilder builder, InputShape shape) {
        sides = new Sides(shape);
        fields = shape.fields().size();
        dimension = shape.dimension();
        mean = builder.parameter("mean", new Initialization.Constant(0), 1, 1, 1);
    }

    @Override
    public PairNetwork pairs(PairSource source) {
        return new MatrixFactorizationPairs(source);
    }

    @Override
    public Tensor forward(Inputs inputs) {
        return sides.product(inputs.fields().view(-1, fields, dimension))
                .sum(new long[] {1}, true, new ScalarTypeOptional())
                .add(mean.tensor());
    }
}
