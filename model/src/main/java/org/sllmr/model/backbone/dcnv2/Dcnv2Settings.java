// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone.dcnv2;

import org.sllmr.configuration.Checks;
import org.sllmr.model.backbone.AddedInput;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;
import org.sllmr.model.initialization.Initialization;
import org.sllmr.model.layer.CrossNetwork;
import org.sllmr.model.layer.MlpSettings;
import org.sllmr.model.layer.Perceptron;

/**
 * DCN-V2 (Wang et al. 2021).
 *
 * @param structure how cross network and perceptron are joined
 * @param cross full matrices, or a mixture of low-rank experts
 * @param crossLayers number of cross layers, 1 to 16
 * @param experts number of experts of a mixture, 1 to 64
 * @param rank rank of an expert, 1 to 1,024
 * @param factorInitialization distribution that the factors U, V and C of a mixture start from
 * @param gateBias whether the gates of a mixture have biases; the paper's have none
 * @param mlp the deep part; not used by {@link Structure#CROSS_ONLY}
 */
public record Dcnv2Settings(
        Structure structure,
        CrossKind cross,
        int crossLayers,
        int experts,
        int rank,
        Initialization factorInitialization,
        boolean gateBias,
        MlpSettings mlp)
        implements BackboneSettings {
    /** How cross network and perceptron are joined (figure 1 of the paper). */
    public enum Structure {
        /** Both read the embeddings; a linear layer reads both. */
        PARALLEL,
        /** The perceptron reads the cross network. */
        STACKED,
        /** No perceptron. */
        CROSS_ONLY
    }

    /** The form of a cross layer's matrix. */
    public enum CrossKind {
        /** A full matrix (equation 1). */
        FULL,
        /** A gated mixture of low-rank matrices (equations 2 to 4). */
        MIXTURE
    }

    /** Checks the ranges. */
    public Dcnv2Settings {
        new Checks()
                .between("crossLayers", crossLayers, 1, 16)
                .between("experts", experts, 1, 64)
                .between("rank", rank, 1, 1024)
                .done();
    }

    /**
     * Parallel, 2 layers of 4 experts of rank 4, and batch norm in an MLP 200-80 with dropout 0.1: the study behind the
     * paper's baselines (LLM-CF, CIKM 2024).
     */
    public static Dcnv2Settings defaults() {
        return new Dcnv2Settings(
                Structure.PARALLEL,
                CrossKind.MIXTURE,
                2,
                4,
                4,
                new Initialization.XavierNormal(),
                false,
                MlpSettings.defaults().withBatchNorm(true));
    }

    @Override
    public FirstOrder firstOrder() {
        return FirstOrder.NONE;
    }

    @Override
    public AddedInput added() {
        return AddedInput.BESIDE_FIELDS;
    }

    /** A cross network and a multilayer perceptron, joined as the settings say. */
    @Override
    public Node build(GraphBuilder network, InputShape shape) {
        Node x = network.fields();
        Node crossed = switch (cross) {
            case FULL -> CrossNetwork.matrices(network, "cross", x, crossLayers);
            case MIXTURE ->
                CrossNetwork.mixture(
                        network,
                        "cross",
                        x,
                        new CrossNetwork.Mixture(crossLayers, experts, rank, factorInitialization, gateBias));
        };
        Node last = switch (structure) {
            case CROSS_ONLY -> crossed;
            case PARALLEL -> network.concatenate(crossed, Perceptron.of(network, "mlp", x, mlp));
            case STACKED -> Perceptron.of(network, "mlp", crossed, mlp);
        };
        return network.linear("output", last, 1);
    }
}
