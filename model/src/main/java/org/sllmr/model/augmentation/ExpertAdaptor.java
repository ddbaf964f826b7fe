// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.augmentation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;
import org.sllmr.model.operation.Linear;
import org.sllmr.model.operation.Parameter;
import org.sllmr.model.operation.Project;
import org.sllmr.model.operation.Shift;
import org.sllmr.model.operation.Weight;

/**
 * The hybrid-expert adaptor of KAR (Section 4.3): for a vector x of a tower t, user or item,
 *
 * <pre>
 *     out_t = sum over j of g_t[j] expert_j(x),    g_t = softmax(W_t x + b_t)
 *     expert_j(x) = Dropout(ReLU(W2 Dropout(ReLU(W1 x + b1)) + b2))
 * </pre>
 *
 * <p>over experts that both towers share and experts of the tower's own. First layers and gates of a tower are one
 * projection of the row's floats. Each tower reads one side of a row, so ranking computes it once a user or item.
 */
final class ExpertAdaptor {
    private final GraphBuilder network;
    private final Kar settings;
    private @Nullable Experts shared;

    /**
     * Experts of one kind.
     *
     * @param first the first layers, one above the other: {@code [experts * hidden, floats]}
     * @param firstBias {@code [experts * hidden]}
     * @param second for each expert {@code [width, hidden]}
     * @param secondBias for each expert {@code [width]}
     */
    private record Experts(Parameter first, Parameter firstBias, List<Parameter> second, List<Parameter> secondBias) {}

    ExpertAdaptor(GraphBuilder network, Kar settings) {
        this.network = network;
        this.settings = settings;
    }

    /**
     * What a tower makes of a vector.
     *
     * @param name of the tower
     * @param at first element of the vector in a row of the network's input
     * @param floats of the vector
     */
    Node tower(String name, int at, int floats) {
        List<Experts> kinds = new ArrayList<>();
        if (settings.sharedExperts() > 0) {
            if (shared == null) {
                shared = experts("kar.shared", settings.sharedExperts(), floats);
            }
            kinds.add(shared);
        }
        if (settings.ownExperts() > 0) {
            kinds.add(experts("kar." + name, settings.ownExperts(), floats));
        }
        List<Node> outputs = new ArrayList<>();
        for (Experts kind : kinds) {
            outputs.addAll(outputs(kind, at, floats));
        }
        int count = outputs.size();
        Node all = network.dropout(settings.dropout(), network.relu(joined(outputs)));
        Parameter gate = network.parameter(
                "kar." + name + ".gate.weight", network.linear().weight(), floats, count, count, floats);
        Parameter gateBias =
                network.parameter("kar." + name + ".gate.bias", network.linear().bias(), floats, count, count);
        Node gates = network.softmax(shifted(projected(at, floats, gate), gateBias));
        return network.sumGroups(count, network.product(all, gates));
    }

    private Experts experts(String name, int count, int floats) {
        int hidden = settings.hidden();
        int width = settings.width();
        Parameter first = network.parameter(
                name + ".first.weight", network.linear().weight(), floats, hidden, count * hidden, floats);
        Parameter firstBias =
                network.parameter(name + ".first.bias", network.linear().bias(), floats, hidden, count * hidden);
        List<Parameter> second = new ArrayList<>();
        List<Parameter> secondBias = new ArrayList<>();
        for (int expert = 0; expert < count; expert++) {
            String prefix = name + "." + expert + ".second";
            second.add(network.parameter(prefix + ".weight", network.linear().weight(), hidden, width, width, hidden));
            secondBias.add(network.parameter(prefix + ".bias", network.linear().bias(), hidden, width, width));
        }
        return new Experts(first, firstBias, second, secondBias);
    }

    /** The experts' outputs before their last activation. */
    private List<Node> outputs(Experts experts, int at, int floats) {
        int hidden = settings.hidden();
        Node first = network.dropout(
                settings.dropout(), network.relu(shifted(projected(at, floats, experts.first()), experts.firstBias())));
        List<Node> outputs = new ArrayList<>();
        for (int expert = 0; expert < experts.second().size(); expert++) {
            outputs.add(network.add(
                    new Linear(
                            Weight.whole(experts.second().get(expert)),
                            experts.secondBias().get(expert),
                            1),
                    network.slice(first, expert * hidden, hidden)));
        }
        return outputs;
    }

    private Node joined(List<Node> nodes) {
        return nodes.size() == 1 ? nodes.get(0) : network.concatenate(nodes.toArray(Node[]::new));
    }

    private Node projected(int at, int floats, Parameter weight) {
        return network.add(new Project(List.of(new Project.Part(at, floats, weight))), network.row());
    }

    private Node shifted(Node x, Parameter bias) {
        return network.add(new Shift(bias), x);
    }
}
