// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.augmentation;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.HistoryInput;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.model.schema.KnowledgeSource;

/** What a network makes of texts besides its backbone's fields, for every backbone alike. It stands beside guidance. */
public sealed interface Augmentation permits NoAugmentation, Kar, LlmCf {
    /** Name of the vectors of texts about items. */
    String ITEM_TEXTS = "item-knowledge";

    /** Name of the vectors of texts about users. */
    String USER_TEXTS = "user-knowledge";

    /** Name of the vectors of chains of thought about training samples. */
    String CHAIN_TEXTS = "chain-of-thought";

    /** Which vectors it reads. */
    Optional<KnowledgeSource> source();

    /** Whether it reads vectors of the items' texts, which an encoder makes. */
    default boolean needsTexts() {
        return source().map(KnowledgeSource::ofTexts).orElse(false);
    }

    /**
     * The files of texts that it reads, by the name that the texts' vectors get: {@link #ITEM_TEXTS} of the items, {@link
     * #USER_TEXTS} of the users, {@link #CHAIN_TEXTS} of training samples.
     */
    default Map<String, Path> textFiles() {
        return Map.of();
    }

    /** The share of the training samples that are examples for others; empty if it reads none. */
    default Optional<Double> examples() {
        return Optional.empty();
    }

    /** What a network for those fields reads. */
    default InputShape shape(FeatureSchema schema, HistoryInput history, int dimension) {
        return InputShape.of(schema, history, dimension);
    }

    /**
     * The logit of a backbone that is given what the augmentation makes of a row.
     *
     * @param network declares parameters and composes operations; nothing but the fields is in it yet
     * @throws InvalidInputException if the vectors or the backbone do not fit
     */
    Node logit(GraphBuilder network, InputShape shape, BackboneSettings backbone);
}
