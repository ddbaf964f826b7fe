// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;
import org.sllmr.model.initialization.Initialization;
import org.sllmr.model.operation.BlockLinear;
import org.sllmr.model.operation.Linear;
import org.sllmr.model.operation.Parameter;
import org.sllmr.model.operation.Shift;
import org.sllmr.model.operation.Weight;

/** Explicit feature crosses of growing degree, of the width of their input. */
public final class CrossNetwork {
    private CrossNetwork() {}

    /**
     * x_(l+1) = x_0 (x_l . w_l) + b_l + x_l with vectors w_l (Deep &amp; Cross Network, Wang et al. 2017, equation 3); the
     * parameters {@code name.l.weight}, drawn from that distribution, and {@code name.l.bias}.
     */
    public static Node vectors(GraphBuilder network, String name, Node x0, int depth, Initialization weights) {
        int width = x0.width();
        Node x = x0;
        for (int layer = 0; layer < depth; layer++) {
            String prefix = name + "." + layer;
            Parameter weight = network.parameter(prefix + ".weight", weights, width, 1, 1, width);
            Parameter bias = network.parameter(prefix + ".bias", new Initialization.Constant(0), width, width, width);
            Node scalar = network.add(new Linear(Weight.whole(weight), null, 1), x);
            x = network.add(new Shift(bias), network.sum(network.product(x0, scalar), x));
        }
        return x;
    }

    /**
     * x_(l+1) = x_0 * (W_l x_l + b_l) + x_l with full matrices W_l (DCN-V2, Wang et al. 2021, equation 1); the linear layers
     * {@code name.l}.
     */
    public static Node matrices(GraphBuilder network, String name, Node x0, int depth) {
        Node x = x0;
        for (int layer = 0; layer < depth; layer++) {
            x = network.sum(network.product(x0, network.linear(name + "." + layer, x, x0.width())), x);
        }
        return x;
    }

    /**
     * How a mixture is made.
     *
     * @param layers number of layers
     * @param experts number of experts K
     * @param rank rank r of an expert
     * @param factors distribution that U, V and C start from
     * @param gateBias whether the gates have biases; the paper's have none
     */
    public record Mixture(int layers, int experts, int rank, Initialization factors, boolean gateBias) {}

    /**
     * A mixture of low-rank cross experts (DCN-V2, Wang et al. 2021, equations 2 to 4), for experts i = 1..K of rank r:
     *
     * <pre>
     *     x_(l+1) = sum_i G_i(x_l) E_i(x_l) + x_l
     *     E_i(x_l) = x_0 * (U_i tanh(C_i tanh(V_i^T x_l)) + b)
     * </pre>
     *
     * <p>G is a softmax over K linear gates, shared by all layers as in the paper, where it carries no layer index. Because
     * the gates sum to 1, the sum over experts is x_0 * (U [G_1 h_1 .. G_K h_K] + b) with the U_i side by side: one product
     * instead of K. The parameters are {@code name.gate}, {@code name.gate_bias} if wanted and, for each layer l, {@code
     * name.l.u}, {@code .v}, {@code .c} and {@code .bias}.
     */
    public static Node mixture(GraphBuilder network, String name, Node x0, Mixture mixture) {
        int width = x0.width();
        int rank = mixture.rank();
        int experts = mixture.experts();
        Initialization factors = mixture.factors();
        // Each gate is a linear layer of its own with one output.
        Parameter gate = network.parameter(name + ".gate", network.linear().weight(), width, 1, experts, width);
        Parameter gateBias = mixture.gateBias()
                ? network.parameter(name + ".gate_bias", network.linear().bias(), width, 1, experts)
                : null;
        Node x = x0;
        for (int layer = 0; layer < mixture.layers(); layer++) {
            String prefix = name + "." + layer;
            Parameter u = network.parameter(prefix + ".u", factors, rank, width, width, experts * rank);
            Parameter v = network.parameter(prefix + ".v", factors, width, rank, experts * rank, width);
            Parameter c = network.parameter(prefix + ".c", factors, rank, rank, experts, rank, rank);
            Parameter bias = network.parameter(prefix + ".bias", new Initialization.Constant(0), width, width, width);
            Node gates = network.softmax(network.add(new Linear(Weight.whole(gate), gateBias, 1), x));
            Node low = network.tanh(network.add(new Linear(Weight.whole(v), null, 1), x));
            Node mixed = network.tanh(network.add(new BlockLinear(c), low));
            Node high = network.add(new Linear(Weight.whole(u), bias, 1), network.product(mixed, gates));
            x = network.sum(network.product(x0, high), x);
        }
        return x;
    }
}
