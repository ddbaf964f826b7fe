// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.augmentation;

import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;

/** Gives a vector of each row to a backbone, in the form that the backbone takes. */
final class Junction {
    private Junction() {}

    /**
     * The backbone's logit.
     *
     * @param made one vector a row
     */
    static Node logit(GraphBuilder network, InputShape shape, BackboneSettings backbone, Node made) {
        return switch (backbone.added()) {
            case AS_FIELD -> {
                int dimension = shape.dimension();
                Node field = made.width() == dimension ? made : network.linear("augmentation.field", made, dimension);
                network.withFields(network.concatenate(network.fields(), field));
                yield backbone.build(network, shape.withMadeField("knowledge"));
            }
            case BESIDE_FIELDS -> {
                network.withFields(network.concatenate(network.fields(), made));
                yield backbone.build(network, shape);
            }
            case DEEP -> {
                network.added(made);
                yield network.sum(backbone.build(network, shape), network.linear("augmentation.first_order", made, 1));
            }
        };
    }
}
