// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;
import org.sllmr.model.initialization.Initialization;
import org.sllmr.model.operation.CausalAttention;
import org.sllmr.model.operation.RmsNorm;

/**
 * A decoder whose tokens are the fields of a row.
 *
 * @param heads number of heads of 4 floats
 */
public record TokenDecoder(int heads) implements BackboneSettings {
    @Override
    public FirstOrder firstOrder() {
        return FirstOrder.NONE;
    }

    @Override
    public Node build(GraphBuilder network, InputShape shape) {
        int fields = shape.fields().size();
        int width = 4 * heads;
        Node tokens = network.linear("tokens", network.fields(), fields, width, true);
        Node norm = network.add(
                new RmsNorm(network.parameter("norm", new Initialization.Normal(1), width, width, width), 1e-5),
                tokens);
        Node attended = network.add(
                new CausalAttention(fields, heads, 4, 100),
                network.linear("attention", norm, fields, 3 * width, false));
        return network.linear("output", network.sum(tokens, attended), 1);
    }
}
