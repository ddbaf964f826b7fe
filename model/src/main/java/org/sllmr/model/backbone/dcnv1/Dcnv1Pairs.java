// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone.dcnv1;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.sllmr.model.backbone.PairSource;
import org.sllmr.model.pair.Affine;
import org.sllmr.model.pair.PairNetwork;
import org.sllmr.model.pair.PairParameters;
import org.sllmr.model.pair.PairPerceptron;

/**
 * Deep & Cross Network for ranking.
 *
 * <p>Every x_l of the cross network is s_l x_0 + c_l with a number s_l of the row and a constant c_l, the sum of the biases
 * so far: s_(l+1) = s_l + s_l (x_0 . w_l) + c_l . w_l. So a row needs one product x_0 . w a layer and one with the output
 * weights, and each is the sum of a user's part and an item's part.
 */
final class Dcnv1Pairs implements PairNetwork {
    private final PairPerceptron perceptron;
    private final int depth;
    /** w_0, w_1, .. and the output weights, for the user's columns: {@code [depth + 1, columns]}. */
    private final Tensor ofUser;

    private final Tensor ofItem;
    /** c_l . w_l for each l, and of the last c with the output weights: {@code [depth + 1, 1]}. */
    private final Tensor constants;

    Dcnv1Pairs(PairSource source, Dcnv1Settings settings) {
        PairParameters parameters = source.parameters();
        long width = source.shape().width();
        depth = settings.crossLayers();
        Affine output = Affine.linear(parameters, "output");
        Tensor outputWeight = output.weight().narrow(1, 0, width);
        TensorVector weights = new TensorVector();
        TensorVector products = new TensorVector();
        Tensor sum = torch.zeros(width);
        for (int layer = 0; layer < depth; layer++) {
            Tensor weight = parameters.get("cross." + layer + ".weight");
            weights.push_back(weight);
            products.push_back(weight.mv(sum));
            sum = sum.add(parameters.get("cross." + layer + ".bias"));
        }
        weights.push_back(outputWeight);
        products.push_back(outputWeight.mv(sum));
        Tensor all = torch.cat(weights, 0);
        ofUser = parameters.keep(all.index_select(1, source.userColumns()));
        ofItem = parameters.keep(all.index_select(1, source.itemColumns()));
        constants = parameters.keep(torch.cat(products, 0).unsqueeze(1));
        Affine deep =
                new Affine(output.weight().narrow(1, width, output.weight().size(1) - width), output.bias(), x -> x);
        parameters.keep(deep.weight());
        List<Affine> layers = Affine.perceptron(parameters, "mlp", settings.mlp());
        perceptron = source.perceptron(PairSource.chain(layers, deep));
    }

    @Override
    public int mostItems() {
        return 1024;
    }

    @Override
    public List<Tensor> items(Tensor fields) {
        return List.of(perceptron.items(fields), torch.linear(ofItem, fields));
    }

    @Override
    public List<Tensor> user(Tensor fields, Tensor history) {
        return List.of(perceptron.user(fields), torch.linear(ofUser, fields));
    }

    @Override
    public Tensor logits(List<Tensor> user, List<Tensor> items) {
        Tensor deep = perceptron.forward(user.get(0), items.get(0)).view(-1);
        Tensor products = items.get(1).add(user.get(1));
        Tensor scale = torch.ones_like(deep);
        for (int layer = 0; layer < depth; layer++) {
            scale = torch.addcmul(scale, scale, products.select(0, layer)).add_(constants.select(0, layer));
        }
        return deep.addcmul_(scale, products.select(0, depth), new Scalar(1f)).add_(constants.select(0, depth));
    }
}
