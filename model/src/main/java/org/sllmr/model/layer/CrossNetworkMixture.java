// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import org.sllmr.model.initialization.Initialization;

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
 * instead of K.
 */
public final class CrossNetworkMixture implements Cross {
    private final List<Layer> layers = new ArrayList<>();
    private final Parameter gate;
    private final @Nullable Parameter gateBias;
    private final int experts;
    private final int rank;

    /**
     * One layer's parameters.
     *
     * @param u {@code [width, experts * rank]}
     * @param v {@code [experts * rank, width]}
     * @param c {@code [experts, rank, rank]}, applied from the right
     * @param bias {@code [width]}
     */
    private record Layer(Parameter u, Parameter v, Parameter c, Parameter bias) {}

    /**
     * How a mixture is made.
     *
     * @param layers number of layers
     * @param experts number of experts K
     * @param rank rank r of an expert
     * @param factors distribution that U, V and C start from
     * @param gateBias whether the gates have biases; the paper's have none
     */
    public record Shape(int layers, int experts, int rank, Initialization factors, boolean gateBias) {}

    /**
     * Declares {@code name.gate}, {@code name.gate_bias} if wanted and, for each layer l, {@code name.l.u}, {@code .v},
     * {@code .c} and {@code .bias}.
     */
    public CrossNetworkMixture(NetworkBuilder builder, String name, int width, Shape shape) {
        this.experts = shape.experts();
        this.rank = shape.rank();
        Initialization factors = shape.factors();
        // Each gate is a linear layer of its own with one output.
        this.gate = builder.parameter(name + ".gate", builder.linear().weight(), width, 1, experts, width);
        this.gateBias = shape.gateBias()
                ? builder.parameter(name + ".gate_bias", builder.linear().bias(), width, 1, experts)
                : null;
        for (int layer = 0; layer < shape.layers(); layer++) {
            String prefix = name + "." + layer;
            layers.add(new Layer(
                    builder.parameter(prefix + ".u", factors, rank, width, width, experts * rank),
                    builder.parameter(prefix + ".v", factors, width, rank, experts * rank, width),
                    builder.parameter(prefix + ".c", factors, rank, rank, experts, rank, rank),
                    builder.parameter(prefix + ".bias", new Initialization.Constant(0), width, width, width)));
        }
    }

    @Override
    public Tensor forward(Tensor x0) {
        Tensor x = x0;
        TensorOptional bias = gateBias == null ? new TensorOptional() : new TensorOptional(gateBias.tensor());
        for (Layer layer : layers) {
            Tensor gates = torch.softmax(Products.linear(x, gate.tensor(), bias), 1);
            Tensor low = torch.tanh(Products.linear(x, layer.v.tensor(), new TensorOptional()))
                    .view(-1, experts, rank);
            Tensor mixed = torch.bmm(low.transpose(0, 1), layer.c.tensor()).transpose(0, 1);
            Tensor weighted = torch.tanh(mixed).mul(gates.unsqueeze(2)).reshape(-1, (long) experts * rank);
            Tensor high = Products.linear(weighted, layer.u.tensor(), new TensorOptional(layer.bias.tensor()));
            x = torch.addcmul(x, x0, high);
        }
        return x;
    }
}
