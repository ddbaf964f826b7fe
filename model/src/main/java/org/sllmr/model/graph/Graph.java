// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.graph;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sllmr.model.operation.DropoutMasks;

/**
 * A network from the embeddings of a row's fields to its logit, or a part of one.
 *
 * @param nodes all values, each behind those that it is made of; in a whole network the first one is the rows' input, then
 *     come, where there are such, the history items and the rows' input that depends on user and item together
 * @param outputs what is to be computed; the logit of a whole network, one float a row
 * @param heads losses beside that of the logits
 * @param parameters what is trained
 * @param statistics what the network keeps but no gradient moves, such as running means
 * @param masks dropout masks by their number
 */
public record Graph(
        List<Node> nodes,
        List<Node> outputs,
        List<Head> heads,
        ParameterBlock parameters,
        ParameterBlock statistics,
        List<DropoutMasks.Mask> masks) {
    /** Copies the lists. */
    public Graph {
        nodes = List.copyOf(nodes);
        outputs = List.copyOf(outputs);
        heads = List.copyOf(heads);
        masks = List.copyOf(masks);
    }

    /** In a whole network, the input that depends on user and item together. */
    public Optional<Node> pairs() {
        return Inputs.pairs(nodes);
    }

    /** In a whole network, the input of the rows' examples. */
    public Optional<Node> examples() {
        return Inputs.examples(nodes);
    }

    /** Those values, and all that they are made of. */
    public Set<Node> needed(List<Node> wanted) {
        Set<Node> needed = new HashSet<>(wanted);
        for (int number = nodes.size() - 1; number >= 0; number--) {
            Node node = nodes.get(number);
            if (needed.contains(node)) {
                needed.addAll(node.inputs());
            }
        }
        return needed;
    }

    /** The first output. */
    public Node logit() {
        return outputs.get(0);
    }
}
