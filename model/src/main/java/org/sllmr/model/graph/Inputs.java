// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.graph;

import java.util.List;
import java.util.Optional;
import org.sllmr.model.operation.Axis;
import org.sllmr.model.operation.Input;

/** Which input of a network is which. */
final class Inputs {
    private Inputs() {}

    /** The second input of rows. */
    static Optional<Node> pairs(List<Node> nodes) {
        return nodes.stream()
                .filter(node -> node.operation() instanceof Input input
                        && !input.ofExamples()
                        && node.axis() == Axis.ROWS
                        && node.number() > 0)
                .findFirst();
    }

    /** The input of rows' examples. */
    static Optional<Node> examples(List<Node> nodes) {
        return nodes.stream()
                .filter(node -> node.operation() instanceof Input input && input.ofExamples())
                .findFirst();
    }
}
