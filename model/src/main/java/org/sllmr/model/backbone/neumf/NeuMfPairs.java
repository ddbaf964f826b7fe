// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone.neumf;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.sllmr.model.backbone.PairSource;
import org.sllmr.model.pair.Affine;
import org.sllmr.model.pair.PairNetwork;
import org.sllmr.model.pair.PairParameters;
import org.sllmr.model.pair.PairPerceptron;

/** NeuMF for ranking: a weighted inner product of factors, and a perceptron whose first layer is in two parts. */
final class NeuMfPairs implements PairNetwork {
    private final PairPerceptron perceptron;
    private final Tensor productWeight;
    private final int dimension;
    private final int factors;

    NeuMfPairs(PairSource source, NeuMfSettings settings, int factors) {
        this.dimension = source.shape().dimension();
        this.factors = factors;
        PairParameters parameters = source.parameters();
        Affine output = Affine.linear(parameters, "output");
        productWeight = parameters.keep(output.weight().narrow(1, 0, factors).view(-1));
        Tensor deepWeight = parameters.keep(
                output.weight().narrow(1, factors, output.weight().size(1) - factors));
        perceptron = new PairPerceptron(
                parameters,
                PairSource.chain(
                        Affine.perceptron(parameters, "mlp", settings.mlp()),
                        new Affine(deepWeight, output.bias(), x -> x)),
                source.columns(false, dimension - factors),
                source.columns(true, dimension - factors));
    }

    @Override
    public int mostItems() {
        return 1024;
    }

    @Override
    public List<Tensor> items(Tensor fields) {
        Tensor x = fields.view(fields.size(0), -1, dimension);
        return List.of(perceptron.items(deep(x)), product(x));
    }

    @Override
    public List<Tensor> user(Tensor fields, Tensor history) {
        Tensor x = fields.view(1, -1, dimension);
        return List.of(perceptron.user(deep(x)), product(x).view(-1).mul(productWeight));
    }

    private Tensor product(Tensor x) {
        return x.narrow(2, 0, factors).sum(1);
    }

    private Tensor deep(Tensor x) {
        return x.narrow(2, factors, (long) dimension - factors).reshape(x.size(0), -1);
    }

    @Override
    public Tensor logits(List<Tensor> user, List<Tensor> items) {
        return perceptron
                .forward(user.get(0), items.get(0))
                .view(-1)
                .add_(items.get(1).mv(user.get(1)));
    }
}
