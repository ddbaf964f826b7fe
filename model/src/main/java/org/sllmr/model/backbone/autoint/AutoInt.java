// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone.autoint;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import org.sllmr.model.backbone.Backbone;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.backbone.Inputs;
import org.sllmr.model.backbone.PairSource;
import org.sllmr.model.backbone.autoint.AutoIntSettings.Form;
import org.sllmr.model.layer.Linear;
import org.sllmr.model.layer.MultiHeadAttention;
import org.sllmr.model.layer.MultilayerPerceptron;
import org.sllmr.model.layer.NetworkBuilder;
import org.sllmr.model.pair.PairNetwork;

/** y = Linear(Attention(x)) + Linear(MLP(x)). */
final class AutoInt implements Backbone {
    private final AutoIntSettings settings;
    private final int fields;
    private final int dimension;
    private final int size;
    private final boolean interacting;
    private final @Nullable Linear input;
    private final List<Layer> layers = new ArrayList<>();
    private final @Nullable Linear residual;
    private final Linear output;
    private final @Nullable MultilayerPerceptron mlp;
    private final @Nullable Linear deepOutput;

    /** Attention, and its own residual map where each layer has one. */
    private record Layer(
            MultiHeadAttention attention, @Nullable Linear residual) {}

    AutoInt(NetworkBuilder builder, InputShape shape, AutoIntSettings settings) {
        this.settings = settings;
        fields = shape.fields().size();
        dimension = shape.dimension();
        size = settings.attentionSize();
        interacting = settings.form() == Form.INTERACTING;
        input = interacting ? null : new Linear(builder, "input", dimension, size);
        MultiHeadAttention.Shape attention = new MultiHeadAttention.Shape(
                size, settings.heads(), settings.scaled(), !interacting, settings.attentionDropout());
        int in = interacting ? dimension : size;
        for (int layer = 0; layer < settings.layers(); layer++) {
            layers.add(new Layer(
                    new MultiHeadAttention(builder, "attention." + layer, fields, in, attention),
                    interacting && settings.residual()
                            ? Linear.withoutBias(builder, "residual." + layer, in, size)
                            : null));
            in = size;
        }
        residual = !interacting && settings.residual() ? new Linear(builder, "residual", dimension, size) : null;
        output = new Linear(builder, "output", fields * size, 1);
        boolean deep = !settings.mlp().units().isEmpty();
        mlp = deep ? new MultilayerPerceptron(builder, "mlp", shape.width(), settings.mlp()) : null;
        deepOutput = mlp == null ? null : new Linear(builder, "deep_output", mlp.width(), 1);
    }

    @Override
    public PairNetwork pairs(PairSource source) {
        return new AutoIntPairs(source, settings);
    }

    @Override
    public Tensor forward(Inputs inputs) {
        Tensor x = inputs.fields().view(-1, dimension);
        Tensor y = input == null ? x : input.forward(x);
        for (Layer layer : layers) {
            Tensor attended = layer.attention.forward(y, inputs.pass());
            if (layer.residual != null) {
                attended = attended.add(layer.residual.forward(y));
            }
            y = interacting ? torch.relu(attended) : attended;
        }
        if (!interacting) {
            y = torch.relu(residual == null ? y : y.add(residual.forward(x)));
        }
        Tensor score = output.forward(y.view(-1, (long) fields * size));
        return mlp == null || deepOutput == null
                ? score
                : score.add(deepOutput.forward(mlp.forward(inputs.fields(), inputs.pass())));
    }
}
