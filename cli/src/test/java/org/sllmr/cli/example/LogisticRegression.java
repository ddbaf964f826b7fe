// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.example;

import java.util.List;
import org.sllmr.model.BackboneProvider;
import org.sllmr.model.Backbones;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;

/**
 * A backbone as a user of the library would write it.
 *
 * @param scale factor of the logit
 */
public record LogisticRegression(double scale) implements BackboneSettings {
    /** The logit as it is. */
    public static LogisticRegression defaults() {
        return new LogisticRegression(1);
    }

    @Override
    public FirstOrder firstOrder() {
        return FirstOrder.ALL_FIELDS;
    }

    @Override
    public Node build(GraphBuilder network, InputShape shape) {
        return network.scale((float) scale, network.linear("output", network.fields(), 1));
    }

    /** Names it. */
    public static final class Provider implements BackboneProvider {
        @Override
        public List<Backbones.Entry> backbones() {
            return List.of(new Backbones.Entry(
                    "logistic-regression", "Logistic regression", LogisticRegression.class, new LogisticRegression(1)));
        }
    }
}
