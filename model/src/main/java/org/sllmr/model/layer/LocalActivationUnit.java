// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import java.util.List;
import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;
import org.sllmr.model.operation.HistoryAggregate;
import org.sllmr.model.operation.HistoryProduct;
import org.sllmr.model.operation.HistorySoftmax;
import org.sllmr.model.operation.HistorySum;
import org.sllmr.model.operation.Linear;
import org.sllmr.model.operation.Parameter;
import org.sllmr.model.operation.Weight;

/**
 * The sum of a row's history, each item h weighted by how much it has to do with the row's target t (DIN, Zhou et al. 2018,
 * equation 3): the weight is a perceptron of [t, h, t - h, t * h].
 *
 * <p>With the first layer's weights in four parts, W [t, h, t - h, t * h] = (W_1 + W_3) t + (W_2 - W_3) h + W_4 (t * h).
 * So the target's part is computed once a row and the item's part once an item, and only the product once a pair.
 */
public final class LocalActivationUnit {
    private LocalActivationUnit() {}

    /**
     * The weighted sum, of the width of the target; zeros for a row without history.
     *
     * @param name of the parameters {@code name.0.weight} ({@code [units, 4 * width]}), {@code name.0.bias} and further
     *     layers
     * @param target one vector a row, as wide as a history item
     */
    public static Node of(GraphBuilder network, String name, Node target, LocalActivationSettings settings) {
        Node items = network.history();
        int width = target.width();
        int units = settings.units().get(0);
        Parameter weight =
                network.parameter(name + ".0.weight", network.linear().weight(), 4 * width, units, units, 4 * width);
        Parameter bias = network.parameter(name + ".0.bias", network.linear().bias(), 4 * width, units, units);
        Node ofTarget = network.add(new Linear(parts(weight, width, 0, 1, 2, 1), bias, 1), target);
        Node ofItem = network.add(new Linear(parts(weight, width, 1, 1, 2, -1), null, 1), items);
        Node product = network.add(
                new Linear(new Weight(weight, width, List.of(new Weight.Part(3 * width, 1))), null, 1),
                network.add(new HistoryProduct(), target, items));
        Node y = network.add(new HistorySum(), product, ofTarget, ofItem);
        int layers = settings.units().size();
        for (int i = 0; i < layers; i++) {
            boolean last = i == layers - 1;
            Activation activation = last && settings.linearLast() ? Activation.IDENTITY : settings.activation();
            y = activation.of(network, name + "." + i + ".activation", y);
            y = network.linear(
                    name + "." + (i + 1), y, last ? 1 : settings.units().get(i + 1));
        }
        return network.add(
                new HistoryAggregate(), settings.softmax() ? network.add(new HistorySoftmax(), y) : y, items);
    }

    private static Weight parts(Parameter weight, int width, int one, float signOne, int other, float signOther) {
        return new Weight(
                weight,
                width,
                List.of(new Weight.Part(one * width, signOne), new Weight.Part(other * width, signOther)));
    }
}
