// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.jspecify.annotations.Nullable;

/** y = x W^T + b, with W {@code [out, in]} and b {@code [out]}, drawn as the network's linear layers are. */
public final class Linear {
    private final Parameter weight;
    private final @Nullable Parameter bias;

    /** Declares the parameters {@code name.weight} and {@code name.bias}. */
    public Linear(NetworkBuilder builder, String name, int in, int out) {
        this(builder, name, in, out, true);
    }

    private Linear(NetworkBuilder builder, String name, int in, int out, boolean biased) {
        this.weight = builder.parameter(name + ".weight", builder.linear().weight(), in, out, out, in);
        this.bias = biased ? builder.parameter(name + ".bias", builder.linear().bias(), in, out, out) : null;
    }

    /** Declares the parameter {@code name.weight}; b is 0. */
    public static Linear withoutBias(NetworkBuilder builder, String name, int in, int out) {
        return new Linear(builder, name, in, out, false);
    }

    /**
     * Applies the layer.
     *
     * @param x {@code [rows, in]}
     * @return {@code [rows, out]}
     */
    public Tensor forward(Tensor x) {
        return Products.linear(x, weight.tensor(), bias());
    }

    /** W, for layers that apply it themselves. */
    Parameter weight() {
        return weight;
    }

    /** b, for layers that apply it themselves. */
    Parameter requireBias() {
        if (bias == null) {
            throw new IllegalStateException("a linear layer without bias");
        }
        return bias;
    }

    private TensorOptional bias() {
        return bias == null ? new TensorOptional() : new TensorOptional(bias.tensor());
    }
}
