// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.propagation;

import java.util.Optional;
import org.sllmr.model.backbone.Propagation;
import org.sllmr.model.schema.FeatureSchema;

/**
 * How large a propagation is.
 *
 * @param layers products with the adjacency behind the trained rows
 * @param users users with a training interaction, whose rows are propagated
 * @param items items with one
 * @param interactions distinct training interactions of both
 */
public record GraphSize(int layers, int users, int items, int interactions) {
    /**
     * The size of a schema's propagation; nothing without its interactions.
     *
     * @throws org.sllmr.configuration.InvalidInputException if the schema has no field of user ids or of item ids
     */
    public static Optional<GraphSize> of(FeatureSchema schema, Propagation propagation) {
        return schema.interactions().map(log -> {
            InteractionGraph graph = InteractionGraph.of(schema, log, user -> Integer.MAX_VALUE);
            int users = 0;
            for (int user = 0; user < log.users(); user++) {
                users += graph.nodes()[graph.users().row(user)] >= 0 ? 1 : 0;
            }
            return new GraphSize(propagation.layers(), users, graph.size() - users, graph.edges() / 2);
        });
    }
}
