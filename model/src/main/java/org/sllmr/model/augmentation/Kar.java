// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.augmentation;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.sllmr.configuration.Checks;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;
import org.sllmr.model.schema.Field;
import org.sllmr.model.schema.KnowledgeSource;

/**
 * KAR (Xi et al., "Towards Open-World Recommendation with Knowledge Augmentation from Large Language Models", 2024):
 * vectors of what is known of the user and of the item, adapted by mixtures of experts, are a further input of the
 * backbone.
 *
 * <p>Its authors' vectors are of texts that a language model wrote. Without such texts, the vectors of the items' own
 * texts stand in: the item's, and the mean over the user's last items before the row, which tell nothing of what is
 * predicted. That is "KAR (item text)".
 *
 * @param sharedExperts experts that user and item share (S), 0 to 64; 2 in the authors' code
 * @param ownExperts experts that each of them has besides (P), 0 to 64; 3 in the study behind the paper's table (LLM-CF,
 *     CIKM 2024), 2 to 6 in the authors' code
 * @param hidden width of an expert's hidden layer, 1 to 4,096; 128 in the authors' code
 * @param width floats that each of user and item becomes, 1 to 4,096; in the study 32 for DCN, DCNv2 and DIN, 16 for the
 *     others
 * @param dropout probability that a value of an expert is dropped, 0 to below 1
 * @param itemVectors name of the dataset's item vectors that are read; none: vectors of the items' texts
 * @param userVectors name of the dataset's user vectors that are read; none: the mean of the vectors of the last items
 *     before the row, as many as a history has
 * @param itemTexts file of the texts about the items that a language model wrote, in place of {@code itemVectors}
 * @param userTexts file of the texts about the users that a language model wrote, in place of {@code userVectors}; a row
 *     reads the text of its user if it comes after all interactions that the text was made from
 */
public record Kar(
        int sharedExperts,
        int ownExperts,
        int hidden,
        int width,
        double dropout,
        Optional<String> itemVectors,
        Optional<String> userVectors,
        Optional<Path> itemTexts,
        Optional<Path> userTexts)
        implements Augmentation {
    /** Checks the ranges. */
    public Kar {
        Checks checks = new Checks()
                .between("sharedExperts", sharedExperts, 0, 64)
                .between("ownExperts", ownExperts, 0, 64)
                .between("hidden", hidden, 1, 4096)
                .between("width", width, 1, 4096)
                .fromBelow("dropout", dropout, 0, 1);
        checks.require(
                sharedExperts != 0 || ownExperts != 0,
                "ownExperts",
                "is 0, as is sharedExperts; at least one expert is needed");
        checks.require(
                itemVectors.isEmpty() || itemTexts.isEmpty(),
                "itemTexts",
                "are given beside itemVectors; items have one of the two");
        checks.require(
                userVectors.isEmpty() || userTexts.isEmpty(),
                "userTexts",
                "are given beside userVectors; users have one of the two");
        checks.done();
    }

    /** Without texts of a language model. */
    public Kar(
            int sharedExperts,
            int ownExperts,
            int hidden,
            int width,
            double dropout,
            Optional<String> itemVectors,
            Optional<String> userVectors) {
        this(
                sharedExperts,
                ownExperts,
                hidden,
                width,
                dropout,
                itemVectors,
                userVectors,
                Optional.empty(),
                Optional.empty());
    }

    /** 2 shared experts and 3 own ones of 128 and 32 units with dropout 0.1, over vectors of texts. */
    public static Kar defaults() {
        return new Kar(2, 3, 128, 32, 0.1, Optional.empty(), Optional.empty());
    }

    @Override
    public Optional<KnowledgeSource> source() {
        return Optional.of(new KnowledgeSource(
                itemVectors.or(() -> itemTexts.map(file -> ITEM_TEXTS)),
                userVectors.or(() -> userTexts.map(file -> USER_TEXTS))));
    }

    @Override
    public Map<String, Path> textFiles() {
        Map<String, Path> files = new LinkedHashMap<>();
        itemTexts.ifPresent(file -> files.put(ITEM_TEXTS, file));
        userTexts.ifPresent(file -> files.put(USER_TEXTS, file));
        return files;
    }

    @Override
    public Node logit(GraphBuilder network, InputShape shape, BackboneSettings backbone) {
        Field user = shape.knowledge(KnowledgeSource.USER);
        Field item = shape.knowledge(KnowledgeSource.ITEM);
        if (user.floats() != item.floats() && sharedExperts > 0) {
            throw new InvalidInputException(
                    "augmentation.sharedExperts",
                    "are " + sharedExperts + ", but the user's vectors have " + user.floats()
                            + " floats and the item's " + item.floats()
                            + "; set it to 0, or give vectors of one length");
        }
        ExpertAdaptor adaptor = new ExpertAdaptor(network, this);
        Node made = network.concatenate(
                adaptor.tower("user", shape.at(user), user.floats()),
                adaptor.tower("item", shape.at(item), item.floats()));
        return Junction.logit(network, shape, backbone, made);
    }
}
