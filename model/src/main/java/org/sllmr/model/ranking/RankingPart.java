// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.ranking;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sllmr.model.engine.EngineKernels;
import org.sllmr.model.engine.ScoringNetwork;
import org.sllmr.model.graph.Graph;
import org.sllmr.model.graph.Node;
import org.sllmr.model.kernel.Products;
import org.sllmr.model.operation.Axis;
import org.sllmr.model.operation.Histories;
import org.sllmr.model.operation.Input;

/** A part of a network for ranking, which is computed by itself. */
final class RankingPart {
    private final Graph graph;
    /** Missing where nothing of this part is needed. */
    private final Optional<ScoringNetwork> network;

    private final Map<Node, Node> imports;
    /** Inputs that come from no other part. */
    private final List<Node> ownInputs;

    /**
     * Takes a part as it is now.
     *
     * @param whole the network it is of
     * @param parameters those of the network and what was computed from them
     */
    RankingPart(PartGraph part, Graph whole, float[] parameters, float[] statistics, EngineKernels engine) {
        this.graph = part.build(whole);
        this.network = graph.outputs().isEmpty()
                ? Optional.empty()
                : Optional.of(new ScoringNetwork(graph, parameters, statistics, engine));
        this.imports = part.imports();
        this.ownInputs = graph.nodes().stream()
                .filter(node -> node.operation() instanceof Input && !imports.containsValue(node))
                .toList();
    }

    /** What another part gives to this one: the input here, and the number of the output there. */
    List<Link> links(RankingPart other) {
        List<Link> links = new ArrayList<>();
        imports.forEach((source, input) -> {
            int output = other.graph.outputs().indexOf(source);
            if (output >= 0) {
                links.add(new Link(input, output));
            }
        });
        return links;
    }

    /**
     * An input that comes from another part.
     *
     * @param input what is set
     * @param output number of the other part's output
     */
    record Link(Node input, int output) {}

    /** Floats of a vector of each output. */
    List<Integer> widths() {
        return graph.outputs().stream().map(Node::width).toList();
    }

    /** Most floats of all outputs of a row with that many history items. */
    int floats(int historyItems) {
        return graph.outputs().stream()
                .mapToInt(node -> Products.SLACK + node.width() * (node.axis() == Axis.HISTORY ? historyItems : 1))
                .sum();
    }

    /** Memory in which one thread can compute, beside others. */
    Run newRun() {
        return new Run();
    }

    /** Computes in memory of its own. */
    final class Run {
        private final Optional<ScoringNetwork.Run> run = network.map(ScoringNetwork::newRun);

        /** Sets the inputs that come from no other part. */
        void own(float[] ofRows, float[] ofHistory) {
            run.ifPresent(memory ->
                    ownInputs.forEach(node -> memory.input(node, node.axis() == Axis.HISTORY ? ofHistory : ofRows)));
        }

        /** Sets the inputs that come from another part. */
        void linked(List<Link> links, List<float[]> outputs) {
            run.ifPresent(memory -> links.forEach(link -> memory.input(link.input, outputs.get(link.output))));
        }

        void forward(int rows, Histories histories) {
            run.ifPresent(memory -> memory.forward(rows, histories));
        }

        /** The array of an output; valid until the next {@link #forward}. */
        float[] value(int output) {
            return run.orElseThrow().value(graph.outputs().get(output));
        }

        /** Copies of the outputs, each with {@link Products#SLACK} floats behind it. */
        List<float[]> copies(int rows, int historyItems) {
            List<float[]> copies = new ArrayList<>();
            for (Node output : graph.outputs()) {
                int vectors = switch (output.axis()) {
                    case HISTORY -> historyItems;
                    case PAIRS -> rows * historyItems;
                    default -> rows;
                };
                int size = vectors * output.width();
                float[] copy = new float[size + Products.SLACK];
                System.arraycopy(run.orElseThrow().value(output), 0, copy, 0, size);
                copies.add(copy);
            }
            return copies;
        }
    }
}
