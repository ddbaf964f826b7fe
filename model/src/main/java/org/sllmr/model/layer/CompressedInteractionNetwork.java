// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import java.util.ArrayList;
import java.util.List;
import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;
import org.sllmr.model.interaction.InteractionLayer;
import org.sllmr.model.interaction.InteractionShape;
import org.sllmr.model.operation.CompressedInteraction;
import org.sllmr.model.operation.Linear;
import org.sllmr.model.operation.Outer;
import org.sllmr.model.operation.Parameter;
import org.sllmr.model.operation.Select;
import org.sllmr.model.operation.Transpose;
import org.sllmr.model.operation.Weight;

/**
 * The compressed interaction network of xDeepFM (Lian et al. 2018, equation 6), for feature maps h = 1..H_k of layer k and
 * fields m:
 *
 * <pre>
 *     x^k_h = f( sum_(i,m) W^k_(h,i,m) (x^(k-1)_i * x^0_m) + b^k_h ),    p^k_h = sum of the elements of x^k_h
 * </pre>
 *
 * <p>Without activation and with ReLU it is one operation, which never forms the products as a whole. The other activations
 * have parameters or statistics of their own; for them it is composed: every element of the embeddings is crossed by itself
 * with the same weights, so elements are groups of a vector, {@code [dimension, maps]}.
 */
public final class CompressedInteractionNetwork {
    private CompressedInteractionNetwork() {}

    /**
     * Sizes and activation.
     *
     * @param fields number of fields
     * @param dimension floats of a field
     * @param maps feature maps of each layer
     * @param split whether the next layer reads the first half of a layer's maps and the other half is pooled; otherwise all
     *     maps do both
     * @param activation f
     */
    public record Shape(int fields, int dimension, List<Integer> maps, boolean split, Activation activation) {}

    /**
     * The pooled maps of all layers; the parameters {@code name.k.weight} ({@code [maps, fields * maps of the layer before]})
     * and {@code name.k.bias}.
     *
     * @param x {@code [fields, dimension]}
     */
    public static Node of(GraphBuilder network, String name, Node x, Shape shape) {
        List<InteractionLayer> layers = new ArrayList<>();
        for (int k = 0; k < shape.maps().size(); k++) {
            int maps = shape.maps().get(k);
            boolean halved = shape.split() && k < shape.maps().size() - 1;
            layers.add(new InteractionLayer(maps, halved ? maps / 2 : maps, halved ? maps / 2 : 0));
        }
        List<Parameter> weights = new ArrayList<>();
        List<Parameter> biases = new ArrayList<>();
        int before = shape.fields();
        for (int k = 0; k < layers.size(); k++) {
            int maps = layers.get(k).maps();
            int in = shape.fields() * before;
            weights.add(network.parameter(
                    name + "." + k + ".weight", network.linear().weight(), in, maps, maps, in));
            biases.add(
                    network.parameter(name + "." + k + ".bias", network.linear().bias(), in, maps, maps));
            before = layers.get(k).kept();
        }
        boolean rectified = shape.activation() == Activation.RELU;
        if (rectified || shape.activation() == Activation.IDENTITY) {
            return network.add(
                    new CompressedInteraction(
                            new InteractionShape(shape.fields(), shape.dimension(), layers, rectified),
                            weights,
                            biases),
                    x);
        }
        return composed(network, name, x, shape, layers, weights, biases);
    }

    private static Node composed(
            GraphBuilder network,
            String name,
            Node x,
            Shape shape,
            List<InteractionLayer> layers,
            List<Parameter> weights,
            List<Parameter> biases) {
        int dimension = shape.dimension();
        Node fields = network.add(new Transpose(shape.fields()), x);
        Node maps = fields;
        List<Node> pooled = new ArrayList<>();
        for (int k = 0; k < layers.size(); k++) {
            InteractionLayer layer = layers.get(k);
            Node products = network.add(new Outer(dimension), fields, maps);
            Node y = network.add(new Linear(Weight.whole(weights.get(k)), biases.get(k), dimension), products);
            y = shape.activation().of(network, name + "." + k + ".activation", y, layer.maps());
            Node sums = network.sumGroups(dimension, y);
            pooled.add(network.slice(sums, layer.pooledFrom(), layer.maps() - layer.pooledFrom()));
            maps = first(network, y, dimension, layer);
        }
        return network.concatenate(pooled.toArray(Node[]::new));
    }

    /** The first maps of every element. */
    private static Node first(GraphBuilder network, Node y, int dimension, InteractionLayer layer) {
        if (layer.kept() == layer.maps()) {
            return y;
        }
        List<Select.Run> runs = new ArrayList<>();
        for (int element = 0; element < dimension; element++) {
            runs.add(new Select.Run(element * layer.maps(), layer.kept()));
        }
        return network.select(y, runs);
    }
}
