// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;
import org.sllmr.model.initialization.Initialization;
import org.sllmr.model.operation.HistoryAttention;
import org.sllmr.model.operation.HistoryLast;
import org.sllmr.model.operation.HistoryPositions;
import org.sllmr.model.operation.Linear;
import org.sllmr.model.operation.Parameter;
import org.sllmr.model.operation.RmsNorm;
import org.sllmr.model.operation.Weight;

/**
 * A causal transformer over the items of a history (Kang and McAuley 2018, Section 3).
 *
 * <p>It differs from the paper's in what has become usual since: vectors are normalised by their root mean square before each
 * part of a layer and not after it, and what a part adds is added to the vector as it was. Places are counted from the end of
 * the history, as the paper's padding does.
 */
public final class HistoryEncoder {
    private static final double EPSILON = 1e-5;

    private HistoryEncoder() {}

    /**
     * The hyper-parameters.
     *
     * @param layers number of layers
     * @param heads attention heads
     * @param attentionSize floats of a query, key or value in all heads together
     * @param hiddenUnits width of the hidden layers
     * @param dropout probability that a value is dropped
     */
    public record Shape(int layers, int heads, int attentionSize, int hiddenUnits, double dropout) {}

    /**
     * The encoded last item of each row's history, as wide as an item; zeros for a row without history.
     *
     * @param name the parameters are {@code name.positions}, {@code name.N.attention}, {@code name.N.output}, {@code
     *     name.N.hidden.weight} and so on
     * @param items one vector a history item
     * @param longest most items of a history
     */
    public static Node of(GraphBuilder network, String name, Node items, int longest, Shape shape) {
        int width = items.width();
        Parameter positions =
                network.parameter(name + ".positions", new Initialization.Normal(0.02), longest, width, longest, width);
        Node x = network.dropout(shape.dropout(), network.add(new HistoryPositions(positions), items));
        for (int layer = 0; layer < shape.layers(); layer++) {
            String of = name + "." + layer;
            Node attended = network.add(
                    new HistoryAttention(shape.heads(), shape.attentionSize() / shape.heads(), longest),
                    unbiased(
                            network,
                            of + ".attention",
                            norm(network, of + ".attention_norm", x),
                            3 * shape.attentionSize()));
            x = network.sum(x, network.dropout(shape.dropout(), unbiased(network, of + ".output", attended, width)));
            Node hidden = network.relu(
                    network.linear(of + ".hidden", norm(network, of + ".hidden_norm", x), shape.hiddenUnits()));
            x = network.sum(
                    x,
                    network.dropout(
                            shape.dropout(),
                            network.linear(of + ".forward", network.dropout(shape.dropout(), hidden), width)));
        }
        return network.add(new HistoryLast(), norm(network, name + ".norm", x));
    }

    private static Node unbiased(GraphBuilder network, String name, Node x, int out) {
        Parameter weight =
                network.parameter(name + ".weight", network.linear().weight(), x.width(), out, out, x.width());
        return network.add(new Linear(Weight.whole(weight), null, 1), x);
    }

    private static Node norm(GraphBuilder network, String name, Node x) {
        int width = x.width();
        return network.add(
                new RmsNorm(
                        network.parameter(name + ".weight", new Initialization.Constant(1), width, width, width),
                        EPSILON),
                x);
    }
}
