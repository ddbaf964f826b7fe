// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.graph;

import java.util.List;
import org.sllmr.model.operation.DropoutMasks;

/**
 * A network from the embeddings of a row's fields to its logit.
 *
 * @param nodes all values, each behind those that it is made of; the first one is the pooled fields, the second one, where the
 *     backbone reads histories item by item, the history items
 * @param logit the output, one float a row
 * @param parameters what is trained
 * @param statistics what the network keeps but no gradient moves, such as running means
 * @param masks dropout masks by their number
 */
public record Graph(
        List<Node> nodes,
        Node logit,
        ParameterBlock parameters,
        ParameterBlock statistics,
        List<DropoutMasks.Mask> masks) {
    /** Copies the lists. */
    public Graph {
        nodes = List.copyOf(nodes);
        masks = List.copyOf(masks);
    }
}
