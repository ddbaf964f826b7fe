// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone.din;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.sllmr.model.backbone.PairSource;
import org.sllmr.model.layer.Activation;
import org.sllmr.model.layer.LocalActivationSettings;
import org.sllmr.model.pair.Affine;
import org.sllmr.model.pair.PairActivation;
import org.sllmr.model.pair.PairNetwork;
import org.sllmr.model.pair.PairParameters;
import org.sllmr.model.pair.PairPerceptron;

/**
 * Deep Interest Network for ranking.
 *
 * <p>The attention's first layer is W_1 t + W_2 h + W_3 (t - h) + W_4 (t * h) for a target t and a history item h. For one
 * user it is an affine map of t for each h, (W_1 + W_3 + W_4 diag(h)) t + (W_2 - W_3) h + b, and all of them side by side
 * are one matrix product. The perceptron reads the attended history only through its first layer, whose product with each
 * h is the user's own.
 */
final class DinPairs implements PairNetwork {
    private final PairPerceptron perceptron;
    /** Part of the perceptron's first layer that reads the attended history, transposed: {@code [width, units]}. */
    private final Tensor attendedWeight;

    private final Tensor targetWeight;
    private final Tensor historyWeight;
    private final Tensor productWeight;
    private final Tensor attentionBias;
    private final PairActivation attentionActivation;
    private final List<Affine> attentionRest = new ArrayList<>();
    private final boolean softmax;
    private final Tensor targetColumns;

    /**
     * For a trained network.
     *
     * @param targets places among all pooled fields of those that are compared with the history
     */
    DinPairs(PairSource source, DinSettings settings, int[] targets) {
        PairParameters parameters = source.parameters();
        long width = source.shape().sequenceWidth();
        LocalActivationSettings attention = settings.attention();
        softmax = attention.softmax();
        Tensor weight = parameters.get("attention.0.weight");
        Tensor difference = weight.narrow(1, 2 * width, width);
        targetWeight = parameters.keep(weight.narrow(1, 0, width).add(difference));
        historyWeight = parameters.keep(weight.narrow(1, width, width).sub(difference));
        productWeight = parameters.keep(weight.narrow(1, 3 * width, width).contiguous());
        attentionBias = parameters.get("attention.0.bias");
        int layers = attention.units().size();
        attentionActivation = activation(parameters, attention, 0);
        for (int i = 1; i <= layers; i++) {
            Affine linear = Affine.linear(parameters, "attention." + i);
            attentionRest.add(
                    i == layers
                            ? linear
                            : new Affine(linear.weight(), linear.bias(), activation(parameters, attention, i)));
        }
        targetColumns = source.itemColumns(targets);
        List<Affine> chain = PairSource.chain(
                Affine.perceptron(parameters, "mlp", settings.mlp()), Affine.linear(parameters, "output"));
        perceptron = source.perceptron(chain);
        long pooled = source.shape().width();
        attendedWeight = parameters.keep(
                chain.get(0).weight().narrow(1, pooled, width).transpose(0, 1).contiguous());
    }

    private static PairActivation activation(PairParameters parameters, LocalActivationSettings settings, int layer) {
        boolean last = layer == settings.units().size() - 1;
        return PairActivation.of(
                parameters,
                "attention." + layer + ".activation",
                last && settings.linearLast() ? Activation.IDENTITY : settings.activation());
    }

    @Override
    public int mostItems() {
        return 256;
    }

    @Override
    public List<Tensor> items(Tensor fields) {
        return List.of(perceptron.items(fields), fields.index_select(1, targetColumns));
    }

    @Override
    public List<Tensor> user(Tensor fields, Tensor history) {
        if (history.size(0) == 0) {
            return List.of(perceptron.user(fields));
        }
        Tensor maps = productWeight.unsqueeze(0).mul(history.unsqueeze(1)).add_(targetWeight);
        Tensor biases = torch.linear(history, historyWeight).add_(attentionBias);
        return List.of(
                perceptron.user(fields), maps.view(-1, history.size(1)), biases.view(-1), history.mm(attendedWeight));
    }

    @Override
    public Tensor logits(List<Tensor> user, List<Tensor> items) {
        Tensor sum = items.get(0).add(user.get(0));
        if (user.size() > 1) {
            sum.add_(attention(user, items.get(1)).mm(user.get(3)));
        }
        return perceptron.after(sum).view(-1);
    }

    /** The weight of each history item for each target: {@code [items, history items]}. */
    private Tensor attention(List<Tensor> user, Tensor targets) {
        long length = user.get(3).size(0);
        Tensor all = new Affine(user.get(1), user.get(2), x -> x).apply(targets);
        Tensor y = attentionActivation.apply(all.view(targets.size(0) * length, -1));
        for (Affine layer : attentionRest) {
            y = layer.apply(y);
        }
        Tensor weights = y.view(-1, length);
        return softmax ? torch.softmax(weights, 1) : weights;
    }
}
