// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * The sum of a row's history, each item h weighted by how much it has to do with the row's target t (DIN, Zhou et al. 2018,
 * equation 3): the weight is a perceptron of [t, h, t - h, t * h].
 *
 * <p>With the first layer's weights in four parts, W [t, h, t - h, t * h] = (W_1 + W_3) t + (W_2 - W_3) h + W_4 (t * h).
 * So the target's part is computed once a row and the item's part once an item, and only the product once a pair.
 */
public final class LocalActivationUnit {
    private final int width;
    private final boolean softmax;
    private final Parameter weight;
    private final Parameter bias;
    private final List<ActivationLayer> activations = new ArrayList<>();
    private final List<Linear> further = new ArrayList<>();

    /**
     * Declares {@code name.0.weight} ({@code [units, 4 * width]}), {@code name.0.bias} and further layers.
     *
     * @param width floats of a target, and of a history item
     */
    public LocalActivationUnit(NetworkBuilder builder, String name, int width, LocalActivationSettings settings) {
        this.width = width;
        this.softmax = settings.softmax();
        int units = settings.units().get(0);
        this.weight =
                builder.parameter(name + ".0.weight", builder.linear().weight(), 4 * width, units, units, 4 * width);
        this.bias = builder.parameter(name + ".0.bias", builder.linear().bias(), 4 * width, units, units);
        for (int i = 0; i < settings.units().size(); i++) {
            int from = settings.units().get(i);
            boolean last = i == settings.units().size() - 1;
            Activation activation = last && settings.linearLast() ? Activation.IDENTITY : settings.activation();
            activations.add(activation.layer(builder, name + "." + i + ".activation", from));
            String next = name + "." + (i + 1);
            further.add(
                    new Linear(builder, next, from, last ? 1 : settings.units().get(i + 1)));
        }
    }

    /**
     * Sums up histories.
     *
     * @param targets {@code [rows, width]}
     * @return {@code [rows, width]}; zeros for a row without history
     */
    public Tensor forward(Tensor targets, History history, Pass pass) {
        if (history.pairs() == 0) {
            return torch.zeros_like(targets);
        }
        Tensor items = history.items().index_select(0, history.itemOf());
        Tensor weights = weights(targets, items, history, pass);
        if (softmax) {
            weights = normalise(weights, history, pass.rows());
        }
        Tensor weighted = pairsOnly(items.mul(weights), history);
        return torch.zeros_like(targets).index_add(0, pairsOnly(history.rowOf(), history), weighted);
    }

    private Tensor weights(Tensor targets, Tensor items, History history, Pass pass) {
        Pass pairs = pass.over(history.pairs(), history.samplePairs());
        Tensor difference = part(2);
        Tensor ofTarget = Products.linear(targets, part(0).add(difference), new TensorOptional(bias.tensor()));
        Tensor ofItem = Products.linear(history.items(), part(1).sub(difference), new TensorOptional());
        Tensor products = targets.index_select(0, history.rowOf()).mul(items);
        Tensor y = Products.linear(products, part(3), new TensorOptional())
                .add(ofTarget.index_select(0, history.rowOf()))
                .add(ofItem.index_select(0, history.itemOf()));
        for (int i = 0; i < further.size(); i++) {
            y = further.get(i).forward(activations.get(i).forward(y, pairs));
        }
        return y;
    }

    private Tensor part(int number) {
        return weight.tensor().narrow(1, (long) number * width, width);
    }

    /** A softmax over the pairs of each row. */
    private static Tensor normalise(Tensor weights, History history, int rows) {
        Tensor rowOf = history.rowOf();
        Tensor row = pairsOnly(rowOf, history);
        // The largest weight of a row is a mere shift, which the quotient does not see: no gradient goes through it.
        Tensor largest = torch.full(new long[] {rows}, new Scalar(Float.NEGATIVE_INFINITY))
                .scatter_reduce(0, row, pairsOnly(weights.detach().view(-1), history), "amax");
        Tensor exponents = torch.exp(weights.sub(largest.index_select(0, rowOf).unsqueeze(1)));
        Tensor sums = torch.zeros(rows, 1).index_add(0, row, pairsOnly(exponents, history));
        return exponents.div(sums.index_select(0, rowOf));
    }

    private static Tensor pairsOnly(Tensor x, History history) {
        return x.narrow(0, 0, history.pairs());
    }
}
