// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone.autoint;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import org.sllmr.model.backbone.PairSource;
import org.sllmr.model.backbone.autoint.AutoIntSettings.Form;
import org.sllmr.model.pair.Affine;
import org.sllmr.model.pair.PairNetwork;
import org.sllmr.model.pair.PairParameters;
import org.sllmr.model.pair.PairPerceptron;

/**
 * AutoInt for ranking: queries, keys and values of the first layer, its residual, and the map before it belong to single
 * fields and so to the user or the item; attention among the fields is computed for each pair.
 *
 * <p>Attention does not know in which order its fields stand, so the user's stand first and only the output weights are put
 * into another order.
 */
final class AutoIntPairs implements PairNetwork {
    private final PairParameters parameters;
    private final AutoIntSettings settings;
    private final boolean interacting;
    private final int dimension;
    private final int userFields;
    private final int itemFields;
    private final int size;
    private final Tensor outputWeight;
    private final Tensor outputBias;
    private final @Nullable PairPerceptron perceptron;

    AutoIntPairs(PairSource source, AutoIntSettings settings) {
        this.parameters = source.parameters();
        this.settings = settings;
        interacting = settings.form() == Form.INTERACTING;
        dimension = source.shape().dimension();
        userFields = source.fields(false);
        itemFields = source.fields(true);
        size = settings.attentionSize();
        Affine output = Affine.linear(parameters, "output");
        Tensor order = torch.cat(new TensorVector(source.columns(false, size), source.columns(true, size)), 0);
        outputWeight = parameters.keep(output.weight().index_select(1, order));
        outputBias = output.bias();
        perceptron = settings.mlp().units().isEmpty()
                ? null
                : source.perceptron(PairSource.chain(
                        Affine.perceptron(parameters, "mlp", settings.mlp()),
                        Affine.linear(parameters, "deep_output")));
    }

    @Override
    public int mostItems() {
        return 256;
    }

    @Override
    public List<Tensor> items(Tensor fields) {
        List<Tensor> state = side(fields, itemFields);
        if (perceptron != null) {
            state.add(perceptron.items(fields));
        }
        return state;
    }

    @Override
    public List<Tensor> user(Tensor fields, Tensor history) {
        List<Tensor> state = side(fields, userFields);
        if (perceptron != null) {
            state.add(perceptron.user(fields));
        }
        return state;
    }

    /** Queries, keys and values of a side's fields and, last, what is added to what the layers make of them. */
    private List<Tensor> side(Tensor fields, int count) {
        Tensor x = fields.view(fields.size(0), count, dimension);
        Tensor y = interacting ? x : linear("input", x);
        List<Tensor> side = new ArrayList<>();
        side.add(linear("attention.0", y));
        if (settings.residual()) {
            side.add(linear(interacting ? "residual.0" : "residual", interacting ? y : x));
        }
        return side;
    }

    private Tensor linear(String name, Tensor x) {
        Tensor bias = parameters.find(name + ".bias");
        return torch.linear(
                x, parameters.get(name + ".weight"), bias == null ? new TensorOptional() : new TensorOptional(bias));
    }

    @Override
    public Tensor logits(List<Tensor> user, List<Tensor> items) {
        Tensor y = attend(join(user.get(0), items.get(0)), 0);
        @Nullable Tensor residual = settings.residual() ? join(user.get(1), items.get(1)) : null;
        for (int layer = 0; layer < settings.layers(); layer++) {
            if (layer > 0) {
                residual = interacting && settings.residual() ? linear("residual." + layer, y) : residual;
                y = attend(linear("attention." + layer, y), layer);
            }
            if (interacting) {
                y = torch.relu_(residual == null ? y : y.add(residual));
            }
        }
        if (!interacting) {
            y = torch.relu_(residual == null ? y : y.add(residual));
        }
        Tensor score = torch.linear(y.reshape(y.size(0), -1), outputWeight, new TensorOptional(outputBias))
                .view(-1);
        if (perceptron == null) {
            return score;
        }
        int last = user.size() - 1;
        return perceptron.forward(user.get(last), items.get(last)).view(-1).add_(score);
    }

    private static Tensor join(Tensor user, Tensor items) {
        return torch.cat(new TensorVector(user.expand(items.size(0), -1, -1), items), 1);
    }

    /** What the heads of a layer make of queries, keys and values {@code [items, fields, 3 * size]}. */
    private Tensor attend(Tensor all, int layer) {
        int heads = settings.heads();
        int part = size / heads;
        TensorVector parts = all.view(all.size(0), all.size(1), 3, heads, part)
                .permute(2, 0, 3, 1, 4)
                .unbind(0);
        double scale = settings.scaled() ? 1 / Math.sqrt(part) : 1;
        Tensor attended = torch.scaled_dot_product_attention(
                parts.get(0),
                parts.get(1),
                parts.get(2),
                new TensorOptional(),
                0,
                false,
                new DoubleOptional(scale),
                false);
        Tensor y = attended.transpose(1, 2).reshape(all.size(0), all.size(1), size);
        return interacting ? y : linear("attention." + layer + ".output", y);
    }
}
