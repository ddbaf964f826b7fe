// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.augmentation;

import java.nio.file.Path;
import java.util.Map;
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
 * LLM-CF (Sun et al., "Large Language Models Enhanced Collaborative Filtering", CIKM 2024): for
 * every row the training samples that are most alike, with their labels, are read by a small decoder, and its last state is
 * a further input of the backbone.
 *
 * <p>The decoder also reads texts in which a language model explains each example's label, its chain of thought, and is
 * trained to reconstruct the chain from what it makes of the example. Without a language model there are none; "without
 * chains" is an ablation of the authors, and "item text chains" has a stand-in that knows no label. Their search does not leave out
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
 * @param itemTextChains whether directions of an example's item and history together stand in for chains of thought
 * @param chainTexts file of the chains of thought that a language model wrote of training samples
 * @param reconstruction weight of the loss of the reconstructed chains, 0 to 100; 0 for none; 1 in the authors' code, 0.8 with
 *     AutoInt on two data sets
 */
public record LlmCf(
        double pool,
        int layers,
        int heads,
        int rotations,
        boolean decoder,
        Optional<String> itemVectors,
        boolean itemTextChains,
        Optional<Path> chainTexts,
        double reconstruction)
        implements Augmentation {
    /** Checks the ranges. */
    public LlmCf {
        new Checks()
                .aboveUpTo("pool", pool, 0, 1)
                .between("layers", layers, 1, 16)
                .between("heads", heads, 1, 64)
                .between("rotations", rotations, 1, 128)
                .between("reconstruction", reconstruction, 0, 100)
                .require(
                        !itemTextChains || chainTexts.isEmpty(),
                        "chainTexts",
                        "are given beside itemTextChains; examples have one of the two")
                .done();
    }

    /** Without chains of thought. */
    public LlmCf(double pool, int layers, int heads, int rotations, boolean decoder, Optional<String> itemVectors) {
        this(pool, layers, heads, rotations, decoder, itemVectors, false, Optional.empty(), 1);
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
        KnowledgeSource.Chains chains = chainTexts.isPresent()
                ? KnowledgeSource.Chains.WRITTEN
                : itemTextChains ? KnowledgeSource.Chains.ITEM_TEXTS : KnowledgeSource.Chains.NONE;
        return Optional.of(new KnowledgeSource(itemVectors, Optional.empty(), chains));
    }

    @Override
    public Map<String, Path> textFiles() {
        return chainTexts.map(file -> Map.of(CHAIN_TEXTS, file)).orElse(Map.of());
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
