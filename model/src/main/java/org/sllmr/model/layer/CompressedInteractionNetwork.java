// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import org.sllmr.model.interaction.CompressedInteractions;
import org.sllmr.model.interaction.InteractionLayer;
import org.sllmr.model.interaction.InteractionShape;
import org.sllmr.model.kernel.MatrixKernels;

/**
 * The compressed interaction network of xDeepFM (Lian et al. 2018, equation 6), for feature maps h = 1..H_k of layer k and
 * fields m:
 *
 * <pre>
 *     x^k_h = f( sum_(i,m) W^k_(h,i,m) (x^(k-1)_i * x^0_m) + b^k_h ),    p^k_h = sum of the elements of x^k_h
 * </pre>
 *
 * <p>Without activation and with ReLU, {@link CompressedInteractions} does the work. The other activations have parameters or
 * statistics of their own; for them it is tensors: every element of the embeddings is crossed by itself with the same
 * weights, so elements stand with the rows, {@code [rows * dimension, maps]}, and a layer is one matrix product.
 */
public final class CompressedInteractionNetwork {
    private final int fields;
    private final int dimension;
    private final List<Layer> layers = new ArrayList<>();
    private final int width;
    private final @Nullable CompressedInteractions fused;
    private final CompressedInteractions.@Nullable Memory memory;

    /**
     * One layer.
     *
     * @param linear the weights, {@code [maps, fields * maps of the layer before]}
     * @param kept how many maps, the first ones, the next layer reads
     * @param pooledFrom first map that goes to the output
     * @param maps number of maps
     */
    private record Layer(Linear linear, ActivationLayer activation, int kept, int pooledFrom, int maps) {}

    /**
     * Declares the layers {@code name.0}, {@code name.1} and so on.
     *
     * @param maps number of feature maps of each layer, at least one layer; even, where a layer is split
     * @param split whether each layer but the last gives its first half to the next layer and its second half to the
     *     output, instead of all of it to both
     */
    public CompressedInteractionNetwork(
            NetworkBuilder builder,
            String name,
            int fields,
            int dimension,
            List<Integer> maps,
            boolean split,
            Activation activation) {
        this.fields = fields;
        this.dimension = dimension;
        int before = fields;
        int pooled = 0;
        for (int i = 0; i < maps.size(); i++) {
            String layer = name + "." + i;
            int count = maps.get(i);
            boolean halved = split && i < maps.size() - 1;
            int from = halved ? count / 2 : 0;
            int kept = halved ? count / 2 : count;
            layers.add(new Layer(
                    new Linear(builder, layer, before * fields, count),
                    activation.layer(builder, layer + ".activation", count),
                    kept,
                    from,
                    count));
            before = kept;
            pooled += count - from;
        }
        this.width = pooled;
        if (activation == Activation.IDENTITY || activation == Activation.RELU) {
            List<InteractionLayer> sizes = layers.stream()
                    .map(layer -> new InteractionLayer(layer.maps, layer.kept, layer.pooledFrom))
                    .toList();
            fused = new CompressedInteractions(
                    MatrixKernels.fastest(),
                    new InteractionShape(fields, dimension, sizes, activation == Activation.RELU));
            memory = fused.newMemory();
        } else {
            fused = null;
            memory = null;
        }
    }

    /** Values a row of the output. */
    public int width() {
        return width;
    }

    /**
     * Crosses the fields.
     *
     * @param x {@code [rows, fields * dimension]}
     * @return {@code [rows, width]}
     */
    public Tensor forward(Tensor x, Pass pass) {
        return fused == null || memory == null ? tensors(x, pass) : fused(fused, memory, x, pass);
    }

    private Tensor fused(CompressedInteractions network, CompressedInteractions.Memory kept, Tensor x, Pass pass) {
        int rows = pass.rows();
        float[] values = new float[rows * fields * dimension];
        x.contiguous().data_ptr_float().get(values);
        List<float[]> weights =
                layers.stream().map(layer -> layer.linear.weight().values()).toList();
        List<float[]> biases = layers.stream()
                .map(layer -> layer.linear.requireBias().values())
                .toList();
        Tape tape = pass.tape();
        if (tape == null) {
            // Whoever scores does so in several threads already.
            float[] pooled = network.forward(values, rows, weights, biases, null, Threads.CALLER);
            return Tensor.create(pooled).view(rows, width);
        }
        float[] pooled = network.forward(values, rows, weights, biases, kept, Threads.ALL);
        return tape.operation(
                x,
                pooled,
                gradient -> {
                    // Their values have been read; now the arrays are there for the gradients.
                    float[] derivative = network.backward(kept, gradient, weights, biases, Threads.ALL);
                    for (int i = 0; i < layers.size(); i++) {
                        layers.get(i).linear.weight().gradient(weights.get(i));
                        layers.get(i).linear.requireBias().gradient(biases.get(i));
                    }
                    return derivative;
                },
                rows,
                width);
    }

    private Tensor tensors(Tensor x, Pass pass) {
        long elements = (long) pass.rows() * dimension;
        Pass elementwise = pass.over((int) elements, pass.sampleRows() * dimension);
        Tensor x0 = x.view(-1, fields, dimension).transpose(1, 2).reshape(elements, fields, 1);
        Tensor maps = x0.view(elements, fields);
        TensorVector pooled = new TensorVector();
        for (Layer layer : layers) {
            Tensor products = x0.mul(maps.unsqueeze(1)).view(elements, -1);
            Tensor y = layer.activation.forward(layer.linear.forward(products), elementwise);
            maps = y.narrow(1, 0, layer.kept);
            Tensor sums = y.view(-1, dimension, layer.maps).sum(1);
            pooled.push_back(sums.narrow(1, layer.pooledFrom, (long) layer.maps - layer.pooledFrom));
        }
        return torch.cat(pooled, 1);
    }
}
