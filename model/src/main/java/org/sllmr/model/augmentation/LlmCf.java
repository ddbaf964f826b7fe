// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.augmentation;

import java.util.Optional;
import org.sllmr.configuration.Checks;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.HistoryInput;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.model.schema.KnowledgeSource;

/**
 * LLM-CF (Sun et al., "Large Language Models Enhanced Collaborative Filtering", CIKM 2024) without chains of thought: for
 * every row the training samples that are most alike, with their labels, are read by a small decoder, and its last state is
 * a further input of the backbone.
 *
 * <p>Its authors also give the decoder texts in which a language model explains each example's label, and let it reconstruct
 * them. Without a language model there are none; "without chains" is an ablation of theirs. Their search does not leave out
 * the row itself, so that about a tenth of the training rows see their own label; here no row finds itself or a later sample
 * of its user.
 *
 * <p>The search is made for each row, in serving too. So such a model cannot rank a whole catalogue.
 *
 * @param pool share of the training samples that are examples, above 0 to 1; a tenth in the paper
 * @param layers of the decoder, 1 to 16; 2 in the authors' code
 * @param heads of a layer, 1 to 64; 2 in the authors' code
 * @param rotations of a head by a token's place, 1 to 128, each of two floats; 8 in the authors' code, so that a token and
 *     what the backbone is given have 32 floats
 * @param decoder whether a decoder reads the tokens; otherwise their mean is taken, an ablation of the authors
 * @param itemVectors name of the dataset's item vectors that are read; none: vectors of the items' texts
 */
public record LlmCf(double pool, int layers, int heads, int rotations, boolean decoder, Optional<String> itemVectors)
        implements Augmentation {
    /** Checks the ranges. */
    public LlmCf {
        new Checks()
                .aboveUpTo("pool", pool, 0, 1)
                .between("layers", layers, 1, 16)
                .between("heads", heads, 1, 64)
                .between("rotations", rotations, 1, 128)
                .done();
    }

    /** A tenth of the samples, and a decoder of 2 layers with 2 heads and width 32. */
    public static LlmCf defaults() {
        return new LlmCf(0.1, 2, 2, 8, true, Optional.empty());
    }

    /** Floats of a token, and of what the backbone is given. */
    public int width() {
        return 2 * heads * rotations;
    }

    @Override
    public Optional<KnowledgeSource> source() {
        return Optional.of(new KnowledgeSource(itemVectors, Optional.empty()));
    }

    @Override
    public Optional<Double> examples() {
        return Optional.of(pool);
    }

    /** The backbone's fields, and tokens that read pooled fields and texts whatever the backbone reads. */
    @Override
    public InputShape shape(FeatureSchema schema, HistoryInput history, int dimension) {
        InputShape pooled = InputShape.of(schema, HistoryInput.POOLED, dimension);
        return InputShape.of(schema, history, dimension).withTokens(pooled.ofToken());
    }

    @Override
    public Node logit(GraphBuilder network, InputShape shape, BackboneSettings backbone) {
        return Junction.logit(network, shape, backbone, new ExampleReader(network, this, shape.token()).made());
    }
}
