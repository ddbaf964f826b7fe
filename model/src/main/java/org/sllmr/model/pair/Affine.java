// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.pair;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.sllmr.model.layer.MlpSettings;

/**
 * f(x W^T + b): a linear layer with its activation.
 *
 * @param weight {@code [out, in]}
 * @param bias {@code [out]}
 * @param activation f
 */
public record Affine(Tensor weight, Tensor bias, PairActivation activation) {
    /** Added to the variance under the root, as in training. */
    private static final double NORM_EPSILON = 1e-5;

    /** A linear layer by name, without activation. */
    public static Affine linear(PairParameters parameters, String name) {
        return new Affine(parameters.get(name + ".weight"), parameters.get(name + ".bias"), x -> x);
    }

    /**
     * The layers of a perceptron, batch normalisation folded into the linear layers before it: by its running statistics
     * it is an affine map of each unit.
     */
    public static List<Affine> perceptron(PairParameters parameters, String name, MlpSettings settings) {
        List<Affine> layers = new ArrayList<>();
        for (int i = 0; i < settings.units().size(); i++) {
            String layer = name + "." + i;
            Tensor weight = parameters.get(layer + ".weight");
            Tensor bias = parameters.get(layer + ".bias");
            if (settings.batchNorm()) {
                String norm = layer + ".norm";
                Tensor scale = torch.rsqrt(parameters.get(norm + ".running_var").add(new Scalar(NORM_EPSILON)))
                        .mul(parameters.get(norm + ".weight"));
                weight = parameters.keep(weight.mul(scale.unsqueeze(1)));
                bias = parameters.keep(bias.sub(parameters.get(norm + ".running_mean"))
                        .mul(scale)
                        .add(parameters.get(norm + ".bias")));
            }
            layers.add(new Affine(
                    weight, bias, PairActivation.of(parameters, layer + ".activation", settings.activation())));
        }
        return layers;
    }

    /** Applies the layer to {@code [rows, in]}. */
    public Tensor apply(Tensor x) {
        return activation.apply(torch.linear(x, weight, new TensorOptional(bias)));
    }
}
