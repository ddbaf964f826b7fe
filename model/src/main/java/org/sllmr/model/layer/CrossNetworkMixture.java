// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.sllmr.model.initialization.Initialization;

/**
 * A mixture of low-rank cross experts (DCN-V2, Wang et al. 2021, equations 2 to 4), for experts i = 1..K of rank r:
 *
 * <pre>
 *     x_(l+1) = sum_i G_i(x_l) E_i(x_l) + x_l
 *     E_i(x_l) = x_0 * (U_i tanh(C_i tanh(V_i^T x_l)) + b)
 * </pre>
 *
 * <p>G is a softmax over K linear gates without bias, shared by all layers as in the paper, where it carries no layer
 * index. Because the gates sum to 1, the sum over experts is x_0 * (U [G_1 h_1 .. G_K h_K] + b) with the U_i side by side:
 * one product instead of K.
 */
public final class CrossNetworkMixture implements Cross {
    private final List<Layer> layers = new ArrayList<>();
    private final Parameter gate;
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

    /** Declares {@code name.gate} and, for each layer l, {@code name.l.u}, {@code .v}, {@code .c} and {@code .bias}. */
    public CrossNetworkMixture(NetworkBuilder builder, String name, int width, int depth, int experts, int rank) {
        this.experts = experts;
        this.rank = rank;
        Initialization xavier = new Initialization.XavierNormal();
        this.gate = builder.parameter(name + ".gate", xavier, width, 1, experts, width);
        for (int layer = 0; layer < depth; layer++) {
            String prefix = name + "." + layer;
            layers.add(new Layer(
                    builder.parameter(prefix + ".u", xavier, rank, width, width, experts * rank),
                    builder.parameter(prefix + ".v", xavier, width, rank, experts * rank, width),
                    builder.parameter(prefix + ".c", xavier, rank, rank, experts, rank, rank),
                    builder.parameter(prefix + ".bias", new Initialization.Constant(0), width, width, width)));
        }
    }

    @Override
    public Tensor forward(Tensor x0) {
        Tensor x = x0;
        for (Layer layer : layers) {
            Tensor gates = torch.softmax(torch.linear(x, gate.tensor()), 1);
            Tensor low = torch.tanh(torch.linear(x, layer.v.tensor())).view(-1, experts, rank);
            Tensor mixed = torch.bmm(low.transpose(0, 1), layer.c.tensor()).transpose(0, 1);
            Tensor weighted = torch.tanh(mixed).mul(gates.unsqueeze(2)).reshape(-1, (long) experts * rank);
            Tensor high = torch.linear(weighted, layer.u.tensor(), new TensorOptional(layer.bias.tensor()));
            x = torch.addcmul(x, x0, high);
        }
        return x;
    }
}
