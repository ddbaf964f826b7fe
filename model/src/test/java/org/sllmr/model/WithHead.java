// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.backbone.HistoryInput;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;

/**
 * Another backbone with two heads: the squared error with which one half of a row's fields is told from the other, and the
 * square of the logit.
 *
 * @param inner the other backbone
 */
public record WithHead(BackboneSettings inner) implements BackboneSettings {
    public static final double RECONSTRUCTION = 0.7;
    public static final double SQUARE = 0.3;

    @Override
    public FirstOrder firstOrder() {
        return inner.firstOrder();
    }

    @Override
    public HistoryInput history() {
        return inner.history();
    }

    @Override
    public Node build(GraphBuilder network, InputShape shape) {
        Node logit = inner.build(network, shape);
        Node fields = network.fields();
        int half = fields.width() / 2;
        Node told = network.linear("decoder", network.slice(fields, 0, half), fields.width() - half);
        Node error = network.difference(told, network.slice(fields, half, fields.width() - half));
        network.head("reconstruction", RECONSTRUCTION, network.total(network.product(error, error)));
        network.head("square", SQUARE, network.product(logit, logit));
        return logit;
    }
}
