// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.sllmr.model.initialization.Initialization;

/** y = x W^T + b, with W {@code [out, in]}, Xavier-normal, and b {@code [out]}, 0 at the start. */
public final class Linear {
    private final Parameter weight;
    private final Parameter bias;

    /** Declares the parameters {@code name.weight} and {@code name.bias}. */
    public Linear(NetworkBuilder builder, String name, int in, int out) {
        this.weight = builder.parameter(name + ".weight", new Initialization.XavierNormal(), in, out, out, in);
        this.bias = builder.parameter(name + ".bias", new Initialization.Constant(0), in, out, out);
    }

    /**
     * Applies the layer.
     *
     * @param x {@code [rows, in]}
     * @return {@code [rows, out]}
     */
    public Tensor forward(Tensor x) {
        return torch.linear(x, weight.tensor(), new TensorOptional(bias.tensor()));
    }
}
