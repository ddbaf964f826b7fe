// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.augmentation;

import java.util.Optional;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;
import org.sllmr.model.schema.KnowledgeSource;

/** The backbone as it is. */
public record NoAugmentation() implements Augmentation {
    /** There is nothing to set. */
    public static NoAugmentation defaults() {
        return new NoAugmentation();
    }

    @Override
    public Optional<KnowledgeSource> source() {
        return Optional.empty();
    }

    @Override
    public Node logit(GraphBuilder network, InputShape shape, BackboneSettings backbone) {
        return backbone.build(network, shape);
    }
}
