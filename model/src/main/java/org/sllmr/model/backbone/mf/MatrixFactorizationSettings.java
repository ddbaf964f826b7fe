// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone.mf;

import org.sllmr.model.backbone.AddedInput;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.backbone.Sides;
import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;
import org.sllmr.model.initialization.Initialization;
import org.sllmr.model.operation.Parameter;
import org.sllmr.model.operation.Shift;

/**
 * Matrix factorisation with biases (Koren et al. 2009, equation 4): the product of the user's and the item's factors.
 *
 * <p>With the fields {@code user} and {@code item} alone it is the plain one; with more, each side is the sum over its
 * fields.
 *
 * @param firstOrder which fields have biases; all in the paper
 */
public record MatrixFactorizationSettings(FirstOrder firstOrder) implements BackboneSettings {
    /** Biases for all fields. */
    public static MatrixFactorizationSettings defaults() {
        return new MatrixFactorizationSettings(FirstOrder.ALL_FIELDS);
    }

    @Override
    public AddedInput added() {
        return AddedInput.DEEP;
    }

    /** y = p_u . q_i + mu, besides the biases of user and item, which are first-order weights. */
    @Override
    public Node build(GraphBuilder network, InputShape shape) {
        Parameter mean = network.parameter("mean", new Initialization.Constant(0), 1, 1, 1);
        Node product = new Sides(shape).product(network, shape.dimension());
        return network.add(new Shift(mean), network.total(product));
    }
}
