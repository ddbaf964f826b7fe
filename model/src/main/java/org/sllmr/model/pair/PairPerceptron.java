// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.pair;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * A chain of layers whose first one is computed in two parts: W x + b = (W_user x_user + b) + W_item x_item.
 *
 * <p>The widest layer of a perceptron is its first; what is left of it for a pair is one addition a unit.
 */
public final class PairPerceptron {
    private final Affine first;
    private final List<Affine> rest;
    private final Tensor ofUser;
    private final Tensor ofItem;

    /**
     * Splits the first layer.
     *
     * @param layers at least one
     * @param userColumns inputs that belong to the user, in the order of the user's fields
     * @param itemColumns inputs that belong to the item, in the order of the item's fields
     */
    public PairPerceptron(PairParameters parameters, List<Affine> layers, Tensor userColumns, Tensor itemColumns) {
        this.first = layers.get(0);
        this.rest = List.copyOf(layers.subList(1, layers.size()));
        this.ofUser = parameters.keep(first.weight().index_select(1, userColumns));
        this.ofItem = parameters.keep(first.weight().index_select(1, itemColumns));
    }

    /** The user's part of the first layer, bias included: {@code [1, units]}. */
    public Tensor user(Tensor fields) {
        return torch.linear(fields, ofUser, new TensorOptional(first.bias()));
    }

    /** The items' part of the first layer: {@code [items, units]}. */
    public Tensor items(Tensor fields) {
        return torch.linear(fields, ofItem);
    }

    /** The output {@code [items, out]} for the two parts. */
    public Tensor forward(Tensor user, Tensor items) {
        return after(items.add(user));
    }

    /** The output for the sum of all parts of the first layer, which is overwritten. */
    public Tensor after(Tensor sum) {
        Tensor y = first.activation().apply(sum);
        for (Affine layer : rest) {
            y = layer.apply(y);
        }
        return y;
    }
}
