// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.pair;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.sllmr.model.layer.Activation;

/** A trained activation function as in serving; it may write over its argument. */
@FunctionalInterface
public interface PairActivation {
    /** Added to the variance under the root, as in training. */
    double DICE_EPSILON = 1e-8;

    /** Activates {@code [rows, width]}. */
    Tensor apply(Tensor x);

    /** The activation whose parameters, if it has any, are called {@code name.*}. */
    static PairActivation of(PairParameters parameters, String name, Activation activation) {
        return switch (activation) {
            case IDENTITY -> x -> x;
            case RELU -> torch::relu_;
            case TANH -> torch::tanh_;
            case SIGMOID -> torch::sigmoid_;
            case PRELU -> {
                Tensor slope = parameters.get(name + ".slope");
                yield x -> torch.prelu(x, slope);
            }
            case DICE -> {
                Tensor slope = parameters.get(name + ".slope");
                Tensor mean = parameters.get(name + ".running_mean");
                Tensor scale = parameters.keep(
                        torch.rsqrt(parameters.get(name + ".running_var").add(new Scalar(DICE_EPSILON))));
                yield x -> {
                    Tensor p = torch.sigmoid_(x.sub(mean).mul_(scale));
                    Tensor low = x.mul(slope);
                    return torch.addcmul(low, p, x.sub(low));
                };
            }
        };
    }
}
