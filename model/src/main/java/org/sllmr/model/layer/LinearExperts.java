// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;
import org.sllmr.model.operation.Linear;
import org.sllmr.model.operation.Parameter;
import org.sllmr.model.operation.Weight;

/**
 * A mixture of linear experts (UniSRec, Hou et al. 2022, Section 2.1.2):
 *
 * <pre>
 *     y = sum over j of g[j] (W_j x + b_j),    g = softmax(W_g x + b_g)
 * </pre>
 *
 * <p>With b_j = -W_j c an expert is the paper's parametric whitening W_j (x - c). The paper's gates have noise in training;
 * these have none. One object has one set of parameters, for all values that it is applied to.
 */
public final class LinearExperts {
    private final GraphBuilder network;
    private final int experts;
    private final Linear all;
    private final Linear gate;

    /**
     * Declares the experts.
     *
     * @param name the parameters are {@code name.experts.weight}, {@code [experts * out, in]}, {@code name.experts.bias},
     *     {@code name.gate.weight} and {@code name.gate.bias}
     * @param in floats of x
     * @param out floats of y
     */
    public LinearExperts(GraphBuilder network, String name, int experts, int in, int out) {
        this.network = network;
        this.experts = experts;
        this.all = linear(name + ".experts", in, out, experts * out);
        this.gate = linear(name + ".gate", in, experts, experts);
    }

    private Linear linear(String name, int in, int fanOut, int out) {
        Parameter weight = network.parameter(name + ".weight", network.linear().weight(), in, fanOut, out, in);
        Parameter bias = network.parameter(name + ".bias", network.linear().bias(), in, fanOut, out);
        return new Linear(Weight.whole(weight), bias, 1);
    }

    /** What they make of a value. */
    public Node of(Node x) {
        Node gates = network.softmax(network.add(gate, x));
        return network.sumGroups(experts, network.product(network.add(all, x), gates));
    }
}
