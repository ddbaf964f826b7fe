// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The compressed interaction network of xDeepFM (Lian et al. 2018, equation 6), for feature maps h = 1..H_k of layer k and
 * fields m:
 *
 * <pre>
 *     x^k_h = f( sum_(i,m) W^k_(h,i,m) (x^(k-1)_i * x^0_m) + b^k_h ),    p^k_h = sum of the elements of x^k_h
 * </pre>
 *
 * <p>Every element of the embeddings is crossed by itself with the same weights. So elements stand with the rows,
 * {@code [rows * dimension, maps]}, and a layer is one matrix product.
 */
public final class CompressedInteractionNetwork {
    private final int fields;
    private final int dimension;
    private final List<Layer> layers = new ArrayList<>();
    private final int width;

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
