// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone.autoint;

import java.util.List;
import org.sllmr.configuration.Checks;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;
import org.sllmr.model.layer.MlpSettings;
import org.sllmr.model.layer.MultiHeadAttention;
import org.sllmr.model.layer.Perceptron;

/**
 * AutoInt (Song et al. 2019): layers in which every field attends to every field, with a multilayer perceptron beside them
 * if wanted (the paper's AutoInt+).
 *
 * @param form what a layer is
 * @param layers number of attention layers, 1 to 16
 * @param heads number of heads, 1 to 64
 * @param attentionSize floats of a field after a layer, all heads together, 1 to 4,096; a multiple of {@code heads}
 * @param residual whether what went in is added to what comes out, through a linear map
 * @param scaled whether products of queries and keys are divided by the square root of a head's size; not in the paper
 * @param attentionDropout probability that an attention weight is dropped, 0 to below 1; 0 in the paper
 * @param mlp the perceptron beside the layers; without units for none
 */
public record AutoIntSettings(
        Form form,
        int layers,
        int heads,
        int attentionSize,
        boolean residual,
        boolean scaled,
        double attentionDropout,
        MlpSettings mlp)
        implements BackboneSettings {
    /** What a layer is. */
    public enum Form {
        /** Interacting layers (equations 5 to 8): residual and ReLU in each, no biases. */
        INTERACTING,
        /**
         * Transformer attention: fields are first mapped to the attention size, a linear layer follows each attention,
         * and one residual and one ReLU follow all layers; the form of the study behind the paper's baselines (LLM-CF,
         * CIKM 2024).
         */
        TRANSFORMER
    }

    /** Checks the ranges. */
    public AutoIntSettings {
        Checks checks = new Checks()
                .between("layers", layers, 1, 16)
                .between("heads", heads, 1, 64)
                .between("attentionSize", attentionSize, 1, 4096)
                .fromBelow("attentionDropout", attentionDropout, 0, 1);
        checks.require(
                heads < 1 || attentionSize % heads == 0,
                "attentionSize",
                "is " + attentionSize + ", must be a multiple of heads, " + heads);
        checks.done();
    }

    /** 3 interacting layers of 2 heads of 32 floats with residuals, and no perceptron (Section 5.1.4). */
    public static AutoIntSettings defaults() {
        return new AutoIntSettings(
                Form.INTERACTING,
                3,
                2,
                64,
                true,
                false,
                0,
                MlpSettings.defaults().withUnits(List.of()));
    }

    @Override
    public FirstOrder firstOrder() {
        return FirstOrder.NONE;
    }

    /** y = Linear(Attention(x)) + Linear(MLP(x)). */
    @Override
    public Node build(GraphBuilder network, InputShape shape) {
        Node x = network.fields();
        int fields = shape.fields().size();
        boolean interacting = form == Form.INTERACTING;
        MultiHeadAttention.Shape attention =
                new MultiHeadAttention.Shape(attentionSize, heads, scaled, !interacting, attentionDropout);
        Node y = interacting ? x : network.linear("input", x, fields, attentionSize, true);
        for (int layer = 0; layer < layers; layer++) {
            Node attended = MultiHeadAttention.of(network, "attention." + layer, y, fields, attention);
            if (interacting && residual) {
                attended = network.sum(attended, network.linear("residual." + layer, y, fields, attentionSize, false));
            }
            y = interacting ? network.relu(attended) : attended;
        }
        if (!interacting) {
            y = network.relu(residual ? network.sum(y, network.linear("residual", x, fields, attentionSize, true)) : y);
        }
        Node score = network.linear("output", y, 1);
        if (mlp.units().isEmpty()) {
            return score;
        }
        return network.sum(score, network.linear("deep_output", Perceptron.of(network, "mlp", x, mlp), 1));
    }
}
