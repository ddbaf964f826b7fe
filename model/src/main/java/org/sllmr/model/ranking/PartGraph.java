// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.ranking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sllmr.model.graph.Graph;
import org.sllmr.model.graph.Node;
import org.sllmr.model.operation.Axis;
import org.sllmr.model.operation.Input;
import org.sllmr.model.operation.Operation;

/** A part of a network for ranking, while it is composed. */
final class PartGraph {
    private final List<Node> nodes = new ArrayList<>();
    private final Set<Node> outputs = new LinkedHashSet<>();
    /** Inputs by what they are outputs of in other parts. */
    private final Map<Node, Node> imports = new LinkedHashMap<>();

    Node add(Operation operation, Node... inputs) {
        int width = operation.width(Arrays.stream(inputs).mapToInt(Node::width).toArray());
        Axis axis = operation.axis(Arrays.stream(inputs).map(Node::axis).toList());
        Node node = new Node(nodes.size(), operation, List.of(inputs), axis, width);
        nodes.add(node);
        return node;
    }

    /** An output of another part as an input of this one. */
    Node take(PartGraph other, Node node, Axis axis) {
        other.outputs.add(node);
        return imports.computeIfAbsent(node, key -> add(new Input(axis, node.width())));
    }

    /**
     * Copies values of another part, in their order.
     *
     * @param wanted which ones
     * @param copies receives the copy of each; has those of what they read
     */
    void copy(PartGraph other, Set<Node> wanted, Map<Node, Node> copies) {
        for (Node node : other.nodes) {
            if (wanted.contains(node) && !copies.containsKey(node)) {
                Node[] inputs = node.inputs().stream().map(copies::get).toArray(Node[]::new);
                copies.put(node, add(node.operation(), inputs));
            }
        }
    }

    /** Those values and all that they are made of; what the values of {@code ends} are made of is left out. */
    Set<Node> needed(Collection<Node> wanted, Set<Node> ends) {
        Set<Node> needed = new HashSet<>(wanted);
        for (int number = nodes.size() - 1; number >= 0; number--) {
            Node node = nodes.get(number);
            if (needed.contains(node) && !ends.contains(node)) {
                needed.addAll(node.inputs());
            }
        }
        return needed;
    }

    /** All values, each behind those that it is made of. */
    List<Node> nodes() {
        return nodes;
    }

    void output(Node node) {
        outputs.add(node);
    }

    /** Whether the node is one of this part. */
    boolean holds(Node node) {
        return node.number() < nodes.size() && nodes.get(node.number()).equals(node);
    }

    Map<Node, Node> imports() {
        return imports;
    }

    List<Node> outputs() {
        return List.copyOf(outputs);
    }

    Graph build(Graph whole) {
        return new Graph(nodes, List.copyOf(outputs), List.of(), whole.parameters(), whole.statistics(), List.of());
    }
}
