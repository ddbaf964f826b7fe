// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.sllmr.model.initialization.Initialization;

/** x_(l+1) = x_0 (x_l . w_l) + b_l + x_l with vectors w_l (Deep & Cross Network, Wang et al. 2017, equation 3). */
public final class VectorCrossNetwork implements Cross {
    private final List<Layer> layers = new ArrayList<>();

    /**
     * One layer's parameters.
     *
     * @param weight {@code [1, width]}
     * @param bias {@code [width]}
     */
    private record Layer(Parameter weight, Parameter bias) {}

    /** Declares, for each layer l, {@code name.l.weight}, drawn from that distribution, and {@code name.l.bias}. */
    public VectorCrossNetwork(NetworkBuilder builder, String name, int width, int depth, Initialization weights) {
        for (int layer = 0; layer < depth; layer++) {
            String prefix = name + "." + layer;
            layers.add(new Layer(
                    builder.parameter(prefix + ".weight", weights, width, 1, 1, width),
                    builder.parameter(prefix + ".bias", new Initialization.Constant(0), width, width, width)));
        }
    }

    @Override
    public Tensor forward(Tensor x0) {
        Tensor x = x0;
        for (Layer layer : layers) {
            Tensor weighted = Products.linear(x, layer.weight.tensor(), new TensorOptional());
            x = torch.addcmul(x.add(layer.bias.tensor()), x0, weighted);
        }
        return x;
    }
}
