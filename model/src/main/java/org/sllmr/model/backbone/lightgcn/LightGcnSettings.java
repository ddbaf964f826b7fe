// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone.lightgcn;

import java.util.Optional;
import org.sllmr.model.backbone.AddedInput;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.backbone.Propagation;
import org.sllmr.model.backbone.Sides;
import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;

/**
 * LightGCN (He et al. 2020): the product of the user's and the item's embedding, both propagated over the graph of the
 * training interactions.
 *
 * <p>With the fields {@code user} and {@code item} alone it is the paper's; further fields, which are not propagated, are
 * added to their side.
 *
 * @param layers layers of the propagation, 1 to 8; 3 in the paper, Section 4.1.2
 * @param batchWeightDecay weight decay of the trained rows that a batch names, 0 to 1; 1e-4 in the paper, Section 4.1.2
 *     (see {@link Propagation})
 */
public record LightGcnSettings(int layers, double batchWeightDecay) implements BackboneSettings {
    /** Checks the ranges. */
    public LightGcnSettings {
        new Propagation(layers, batchWeightDecay);
    }

    /** As in the paper. */
    public static LightGcnSettings defaults() {
        return new LightGcnSettings(3, 1e-4);
    }

    @Override
    public FirstOrder firstOrder() {
        return FirstOrder.NONE;
    }

    @Override
    public AddedInput added() {
        return AddedInput.DEEP;
    }

    @Override
    public Optional<Propagation> propagation() {
        return Optional.of(new Propagation(layers, batchWeightDecay));
    }

    /** y = e_u . e_i, equation 6. */
    @Override
    public Node build(GraphBuilder network, InputShape shape) {
        return network.total(new Sides(shape).product(network, shape.dimension()));
    }
}
