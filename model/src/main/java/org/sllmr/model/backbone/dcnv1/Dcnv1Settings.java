// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone.dcnv1;

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
 * Deep &amp; Cross Network (Wang et al. 2017): a cross network of vectors and a multilayer perceptron, side by side.
 *
 * @param crossLayers number of cross layers, 1 to 16
 * @param crossInitialization distribution that the vectors of the cross layers start from
 * @param mlp the deep part
 */
public record Dcnv1Settings(int crossLayers, Initialization crossInitialization, MlpSettings mlp)
        implements BackboneSettings {
    /** Checks the range. */
    public Dcnv1Settings {
        new Checks().between("crossLayers", crossLayers, 1, 16).done();
    }

    /**
     * 3 cross layers, and batch norm in an MLP 200-80 with dropout 0.1: the study behind the paper's baselines (LLM-CF,
     * CIKM 2024); batch norm is the paper's as well (Section 4.2).
     */
    public static Dcnv1Settings defaults() {
        return new Dcnv1Settings(
                3, new Initialization.XavierNormal(), MlpSettings.defaults().withBatchNorm(true));
    }

    @Override
    public FirstOrder firstOrder() {
        return FirstOrder.NONE;
    }

    @Override
    public AddedInput added() {
        return AddedInput.BESIDE_FIELDS;
    }

    /** y = Linear([Cross(x), MLP(x)]) (equation 5). */
    @Override
    public Node build(GraphBuilder network, InputShape shape) {
        Node x = network.fields();
        Node crossed = CrossNetwork.vectors(network, "cross", x, crossLayers, crossInitialization);
        Node deep = Perceptron.of(network, "mlp", x, mlp);
        return network.linear("output", network.concatenate(crossed, deep), 1);
    }
}
