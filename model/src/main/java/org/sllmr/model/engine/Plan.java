// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.sllmr.model.graph.Graph;
import org.sllmr.model.graph.Head;
import org.sllmr.model.graph.Node;
import org.sllmr.model.kernel.Products;
import org.sllmr.model.operation.Axis;
import org.sllmr.model.operation.Input;

/**
 * How the nodes of a graph are worked off: in which stages, which of them share memory, and whose derivative is the first to
 * be written.
 */
final class Plan {
    private final Graph graph;
    private final List<Head> heads;
    private final List<Node> needed = new ArrayList<>();
    private final List<Stage> stages = new ArrayList<>();
    /** Number of the node whose memory a node's result takes. */
    private final int[] home;
    /** For each node and input, whether the derivative adds to what is there. */
    private final boolean[][] adds;
    /** Whether a node's derivative must be 0 before the backward pass. */
    private final boolean[] cleared;
    /** Where a node's packed weights begin. */
    private final int[] packedAt;

    private final int packedSize;

    /**
     * Nodes that can be worked off together, one block of rows after the other.
     *
     * @param whole whether the only node sees all vectors at once
     * @param axis {@link Axis#HISTORY}, or else {@link Axis#ROWS}, which stands for pairs as well
     * @param nodes the nodes in order
     */
    record Stage(boolean whole, Axis axis, List<Node> nodes) {}

    /**
     * A plan.
     *
     * @param training whether statistics of the batch and the losses of heads are needed
     */
    Plan(Graph graph, Products products, boolean training) {
        this.graph = graph;
        int size = graph.nodes().size();
        this.home = new int[size];
        this.adds = new boolean[size][];
        this.cleared = new boolean[size];
        this.packedAt = new int[size];
        int[] consumers = new int[size];
        this.heads = training ? graph.heads() : List.of();
        List<Node> wanted = new ArrayList<>(graph.outputs());
        heads.forEach(head -> wanted.add(head.loss()));
        Set<Node> used = graph.needed(wanted);
        wanted.forEach(node -> consumers[node.number()]++);
        used.forEach(node -> node.inputs().forEach(input -> consumers[input.number()]++));
        int packed = 0;
        for (Node node : graph.nodes()) {
            home[node.number()] = node.number();
            if (node.operation() instanceof Input) {
                continue;
            }
            // Of all nodes, so that plans of one graph agree on the places.
            packedAt[node.number()] = packed;
            packed += node.operation().packedSize(products);
            if (!used.contains(node)) {
                continue;
            }
            needed.add(node);
            Node first = node.inputs().get(0);
            if (consumers[first.number()] == 1
                    && !(first.operation() instanceof Input)
                    && node.operation().inPlaceAfter(first.operation())) {
                home[node.number()] = home[first.number()];
            }
        }
        this.packedSize = packed + Products.SLACK;
        orderDerivatives();
        stage(training);
    }

    private void orderDerivatives() {
        // The derivatives of the logit and of heads are there before those of values that are made of them.
        heads.forEach(head -> cleared[head.loss().number()] = true);
        for (Node node : needed) {
            for (Node input : node.inputs()) {
                cleared[input.number()] |= input.axis() != node.axis();
            }
        }
        boolean[] written = cleared.clone();
        written[graph.logit().number()] = true;
        for (int i = needed.size() - 1; i >= 0; i--) {
            Node node = needed.get(i);
            boolean[] flags = new boolean[node.inputs().size()];
            for (int input = 0; input < flags.length; input++) {
                int number = node.inputs().get(input).number();
                flags[input] = written[number];
                written[number] |= node.operation().derivesInputs();
            }
            adds[node.number()] = flags;
        }
    }

    private void stage(boolean training) {
        List<Node> open = new ArrayList<>();
        Axis axis = Axis.ROWS;
        for (Node node : needed) {
            Axis own = node.axis() == Axis.HISTORY ? Axis.HISTORY : Axis.ROWS;
            boolean whole = node.operation().synchronizes(training);
            if (!open.isEmpty() && (whole || own != axis)) {
                stages.add(new Stage(false, axis, List.copyOf(open)));
                open.clear();
            }
            axis = own;
            if (whole) {
                stages.add(new Stage(true, axis, List.of(node)));
            } else {
                open.add(node);
            }
        }
        if (!open.isEmpty()) {
            stages.add(new Stage(false, axis, List.copyOf(open)));
        }
    }

    Graph graph() {
        return graph;
    }

    /** The nodes that the logit and the heads depend on, in order, without the inputs. */
    List<Node> needed() {
        return needed;
    }

    /** The losses that are trained on beside that of the logits. */
    List<Head> heads() {
        return heads;
    }

    List<Stage> stages() {
        return stages;
    }

    int home(Node node) {
        return home[node.number()];
    }

    boolean[] adds(Node node) {
        return adds[node.number()];
    }

    boolean cleared(Node node) {
        return cleared[node.number()];
    }

    int packedAt(Node node) {
        return packedAt[node.number()];
    }

    /** Floats of the packed weights of all nodes. */
    int packedSize() {
        return packedSize;
    }
}
