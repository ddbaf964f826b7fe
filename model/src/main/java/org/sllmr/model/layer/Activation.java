// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;
import org.sllmr.model.initialization.Initialization;
import org.sllmr.model.operation.Activate;
import org.sllmr.model.operation.BatchNorm;
import org.sllmr.model.operation.Dice;
import org.sllmr.model.operation.Prelu;

/** Activation functions, element by element; some have parameters, one a unit. */
public enum Activation {
    /** x. */
    IDENTITY,
    /** max(0, x). */
    RELU,
    /** tanh x. */
    TANH,
    /** 1 / (1 + e^-x). */
    SIGMOID,
    /** max(0, x) + a min(0, x) with a learned slope a for each unit, 0.25 at the start (He et al. 2015). */
    PRELU,
    /**
     * p x + (1 - p) a x, where p is the sigmoid of the batch-normalised x and a a learned slope for each unit, 0 at the
     * start (DIN, Zhou et al. 2018, equation 6).
     */
    DICE;

    /** The epsilon of Dice in its paper. */
    private static final double DICE_EPSILON = 1e-8;

    /** Activates; the parameters {@code name.*} are one a unit. */
    public Node of(GraphBuilder network, String name, Node x) {
        return of(network, name, x, x.width());
    }

    /**
     * Activates groups of units, which share the parameters.
     *
     * @param units number of units; a vector is {@code [groups, units]}
     */
    public Node of(GraphBuilder network, String name, Node x, int units) {
        return switch (this) {
            case IDENTITY -> x;
            case RELU -> network.relu(x);
            case TANH -> network.tanh(x);
            case SIGMOID -> network.add(new Activate(Activate.Function.SIGMOID), x);
            case PRELU ->
                network.add(
                        new Prelu(network.parameter(
                                name + ".slope", new Initialization.Constant(0.25f), units, units, units)),
                        x);
            case DICE -> {
                Node normalised = network.add(
                        new BatchNorm(
                                null,
                                null,
                                network.statistic(name + ".running_mean", 0, units),
                                network.statistic(name + ".running_var", 1, units),
                                DICE_EPSILON),
                        x);
                yield network.add(
                        new Dice(network.parameter(
                                name + ".slope", new Initialization.Constant(0), units, units, units)),
                        x,
                        normalised);
            }
        };
    }
}
