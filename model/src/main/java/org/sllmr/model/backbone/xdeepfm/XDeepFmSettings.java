// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone.xdeepfm;

import java.util.ArrayList;
import java.util.List;
import org.sllmr.configuration.Checks;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;
import org.sllmr.model.layer.Activation;
import org.sllmr.model.layer.CompressedInteractionNetwork;
import org.sllmr.model.layer.MlpSettings;
import org.sllmr.model.layer.Perceptron;

/**
 * xDeepFM (Lian et al. 2018): first-order weights, a compressed interaction network and a multilayer perceptron.
 *
 * @param firstOrder which fields have first-order weights; all in the paper
 * @param maps number of feature maps of each interaction layer, 1 to 1,024; even, where a layer is split
 * @param split whether each interaction layer but the last gives one half of its maps to the next layer and the other half
 *     to the output, as the authors' code can, instead of all of them to both, as in the paper
 * @param activation of the interaction layers; the identity in the paper (Section 4.1)
 * @param mlp the deep part
 * @param activatedOutput whether the last, linear layer of the deep part is made like its other layers: with dropout, batch
 *     norm and activation; not so in the paper
 */
public record XDeepFmSettings(
        FirstOrder firstOrder,
        List<Integer> maps,
        boolean split,
        Activation activation,
        MlpSettings mlp,
        boolean activatedOutput)
        implements BackboneSettings {
    /** Copies the list and checks the ranges. */
    public XDeepFmSettings {
        maps = List.copyOf(maps);
        Checks checks = new Checks().between("maps.size", maps.size(), 1, 16);
        for (int i = 0; i < maps.size(); i++) {
            checks.between("maps[" + i + "]", maps.get(i), 1, 1024);
            checks.require(
                    !split || i == maps.size() - 1 || maps.get(i) % 2 == 0,
                    "maps[" + i + "]",
                    "is " + maps.get(i) + ", must be even where layers are split");
        }
        checks.done();
    }

    /**
     * Three split interaction layers of 100 maps and an MLP 200-80 with dropout 0.1, the sizes of the study behind the
     * paper's baselines (LLM-CF, CIKM 2024), with the paper's identity activation.
     */
    public static XDeepFmSettings defaults() {
        return new XDeepFmSettings(
                FirstOrder.ALL_FIELDS,
                List.of(100, 100, 100),
                true,
                Activation.IDENTITY,
                MlpSettings.defaults(),
                false);
    }

    /** y = Linear(CIN(x)) + Linear(MLP(x)), besides the first-order weights (equation 9). */
    @Override
    public Node build(GraphBuilder network, InputShape shape) {
        Node x = network.fields();
        Node crossed = CompressedInteractionNetwork.of(
                network,
                "cin",
                x,
                new CompressedInteractionNetwork.Shape(
                        shape.fields().size(), shape.dimension(), maps, split, activation));
        Node score = network.linear("cin_output", crossed, 1);
        if (activatedOutput) {
            List<Integer> units = new ArrayList<>(mlp.units());
            units.add(1);
            return network.sum(score, Perceptron.of(network, "mlp", x, mlp.withUnits(units)));
        }
        return network.sum(score, network.linear("output", Perceptron.of(network, "mlp", x, mlp), 1));
    }
}
