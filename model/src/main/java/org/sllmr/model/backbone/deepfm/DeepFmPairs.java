// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone.deepfm;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.sllmr.model.backbone.PairSource;
import org.sllmr.model.pair.Affine;
import org.sllmr.model.pair.PairNetwork;
import org.sllmr.model.pair.PairPerceptron;

/**
 * DeepFM for ranking.
 *
 * <p>With s the sum of a side's embeddings and q the term of the pairs within a side, the factorization machine is q_user +
 * q_item + s_user . s_item.
 */
final class DeepFmPairs implements PairNetwork {
    private final PairPerceptron perceptron;
    private final int dimension;
    private final int userFields;
    private final int itemFields;

    DeepFmPairs(PairSource source, DeepFmSettings settings) {
        perceptron = source.perceptron(PairSource.chain(
                Affine.perceptron(source.parameters(), "mlp", settings.mlp()),
                Affine.linear(source.parameters(), "output")));
        dimension = source.shape().dimension();
        userFields = source.fields(false);
        itemFields = source.fields(true);
    }

    @Override
    public int mostItems() {
        return 1024;
    }

    @Override
    public List<Tensor> items(Tensor fields) {
        return side(fields, itemFields, perceptron.items(fields));
    }

    @Override
    public List<Tensor> user(Tensor fields, Tensor history) {
        return side(fields, userFields, perceptron.user(fields));
    }

    private List<Tensor> side(Tensor fields, int count, Tensor layer) {
        Tensor embeddings = fields.view(fields.size(0), count, dimension);
        Tensor sum = embeddings.sum(1);
        Tensor pairs = sum.square().sub(embeddings.square().sum(1)).sum(1).mul(new Scalar(0.5f));
        return List.of(layer, sum, pairs);
    }

    @Override
    public Tensor logits(List<Tensor> user, List<Tensor> items) {
        Tensor deep = perceptron.forward(user.get(0), items.get(0)).view(-1);
        Tensor across = items.get(1).mv(user.get(1).view(-1));
        return deep.add_(across).add_(items.get(2)).add_(user.get(2));
    }
}
