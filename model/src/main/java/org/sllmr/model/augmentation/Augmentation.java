// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.augmentation;

import java.util.Optional;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;
import org.sllmr.model.schema.KnowledgeSource;

/** What a network makes of texts besides its backbone's fields, for every backbone alike. It stands beside guidance. */
public sealed interface Augmentation permits NoAugmentation, Kar {
    /** Which vectors it reads. */
    Optional<KnowledgeSource> source();

    /** Whether it reads vectors of the items' texts, which an encoder makes. */
    default boolean needsTexts() {
        return source().map(KnowledgeSource::ofTexts).orElse(false);
    }

    /**
     * The logit of a backbone that is given what the augmentation makes of a row.
     *
     * @param network declares parameters and composes operations; nothing but the fields is in it yet
     * @throws InvalidInputException if the vectors or the backbone do not fit
     */
    Node logit(GraphBuilder network, InputShape shape, BackboneSettings backbone);
}
