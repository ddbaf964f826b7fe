// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import org.sllmr.model.layer.MlpSettings.DropoutPlacement;

/** Linear layers, each followed by batch normalisation (if wanted) and activation, with dropout before or after. */
public final class MultilayerPerceptron {
    private final List<Layer> layers = new ArrayList<>();
    private final boolean dropoutFirst;
    private final int width;

    private record Layer(Linear linear, @Nullable BatchNorm norm, ActivationLayer activation, Dropout dropout) {}

    /** Declares the layers {@code name.0}, {@code name.1} and so on for inputs of that width. */
    public MultilayerPerceptron(NetworkBuilder builder, String name, int in, MlpSettings settings) {
        this.dropoutFirst = settings.dropoutPlacement() == DropoutPlacement.BEFORE_LINEAR;
        int from = in;
        for (int i = 0; i < settings.units().size(); i++) {
            int to = settings.units().get(i);
            String layer = name + "." + i;
            layers.add(new Layer(
                    new Linear(builder, layer, from, to),
                    settings.batchNorm() ? new BatchNorm(builder, layer + ".norm", to) : null,
                    settings.activation().layer(builder, layer + ".activation", to),
                    new Dropout(builder, settings.dropout(), dropoutFirst ? from : to)));
            from = to;
        }
        this.width = from;
    }

    /** Values a row of the output. */
    public int width() {
        return width;
    }

    /**
     * Applies the layers.
     *
     * @param x {@code [rows, in]}
     * @return {@code [rows, width]}
     */
    public Tensor forward(Tensor x, Pass pass) {
        Tensor y = x;
        for (Layer layer : layers) {
            if (dropoutFirst) {
                y = layer.dropout.forward(y, pass);
            }
            y = layer.linear.forward(y);
            if (layer.norm != null) {
                y = layer.norm.forward(y, pass);
            }
            y = layer.activation.forward(y, pass);
            if (!dropoutFirst) {
                y = layer.dropout.forward(y, pass);
            }
        }
        return y;
    }
}
