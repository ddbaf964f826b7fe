// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone.lightgcn;

import java.util.Optional;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.model.backbone.AddedInput;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.backbone.Propagation;
import org.sllmr.model.backbone.Sides;
import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;
import org.sllmr.model.initialization.Initialization;
import org.sllmr.model.propagation.LayerWeights;

/**
 * NGCF (Wang et al. 2019): the product of the user's and the item's embedding, both propagated by layers with weights over
 * the graph of the training interactions, all layers one behind the other.
 *
 * <p>An embedding is shared out: with 256 floats and 3 layers the trained rows and each layer have 64. It differs from the
 * paper in having no dropout of messages, and from the authors' code in having neither biases nor layers of length 1.
 *
 * @param layers layers of the propagation, 1 to 8; 3 in the paper, Section 4.3
 * @param batchWeightDecay weight decay of the trained rows that a batch names, 0 to 1; 1e-5 in the authors' code (see {@link
 *     Propagation})
 */
public record NgcfSettings(int layers, double batchWeightDecay) implements BackboneSettings {
    /** Checks the ranges. */
    public NgcfSettings {
        new Propagation(layers, true, batchWeightDecay);
    }

    /** As in the authors' code. */
    public static NgcfSettings defaults() {
        return new NgcfSettings(3, 1e-5);
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
        return Optional.of(new Propagation(layers, true, batchWeightDecay));
    }

    /**
     * y = e_u . e_i over all layers, equation 9.
     *
     * @throws InvalidInputException if an embedding cannot be shared out
     */
    @Override
    public Node build(GraphBuilder network, InputShape shape) {
        int parts = layers + 1;
        if (shape.dimension() % parts != 0) {
            throw new InvalidInputException(
                    "embeddingDimension",
                    "is " + shape.dimension() + ", allowed is a multiple of " + parts
                            + ": one part for the trained embedding and one for each layer");
        }
        int size = shape.dimension() / parts;
        for (int layer = 0; layer < layers; layer++) {
            Initialization xavier = new Initialization.XavierNormal();
            network.parameter(LayerWeights.ofSums(layer), xavier, size, size, size, size);
            network.parameter(LayerWeights.ofProducts(layer), xavier, size, size, size, size);
        }
        return network.total(new Sides(shape).product(network, shape.dimension()));
    }
}
