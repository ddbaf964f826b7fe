// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.graph;

import java.util.List;
import org.sllmr.model.operation.Axis;
import org.sllmr.model.operation.Operation;

/**
 * A value of a network: what an operation makes of other values.
 *
 * @param number place in the graph; inputs have lower numbers
 * @param operation what is done
 * @param inputs what it is done with
 * @param axis what there is a vector for
 * @param width floats of a vector
 */
public record Node(int number, Operation operation, List<Node> inputs, Axis axis, int width) {
    /** Copies the list. */
    public Node {
        inputs = List.copyOf(inputs);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return number;
    }

    @Override
    public String toString() {
        return number + ": " + operation.getClass().getSimpleName() + " " + axis + " x " + width;
    }
}
