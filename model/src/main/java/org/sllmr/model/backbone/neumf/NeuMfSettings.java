// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone.neumf;

import java.util.List;
import java.util.stream.IntStream;
import org.sllmr.configuration.Checks;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.model.backbone.AddedInput;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.backbone.Sides;
import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;
import org.sllmr.model.layer.Activation;
import org.sllmr.model.layer.MlpSettings;
import org.sllmr.model.layer.Perceptron;
import org.sllmr.model.operation.Select;

/**
 * Neural matrix factorisation (He et al. 2017): generalised matrix factorisation and a multilayer perceptron, each with
 * embeddings of its own, under one linear layer.
 *
 * <p>An embedding is split in two: its first floats belong to the factorisation, the others to the perceptron. With the
 * fields {@code user} and {@code item} alone it is the paper's model.
 *
 * @param factors floats of an embedding that belong to the factorisation, 1 to below the embedding dimension; 0 for half
 * @param mlp the perceptron
 */
public record NeuMfSettings(int factors, MlpSettings mlp) implements BackboneSettings {
    /** Checks the range. */
    public NeuMfSettings {
        new Checks().between("factors", factors, 0, 4095).done();
    }

    /** Half of each embedding for the factorisation, and a tower of 64, 32 and 16 units with ReLU (Section 4.1). */
    public static NeuMfSettings defaults() {
        return new NeuMfSettings(
                0,
                new MlpSettings(
                        List.of(64, 32, 16), Activation.RELU, 0, MlpSettings.DropoutPlacement.AFTER_ACTIVATION, false));
    }

    @Override
    public FirstOrder firstOrder() {
        return FirstOrder.NONE;
    }

    @Override
    public AddedInput added() {
        return AddedInput.DEEP;
    }

    /** y = Linear([p_u * q_i, MLP([p'_u, q'_i])]) (equation 12). */
    @Override
    public Node build(GraphBuilder network, InputShape shape) {
        int dimension = shape.dimension();
        int taken = factors == 0 ? dimension / 2 : factors;
        if (taken < 1 || taken >= dimension) {
            throw new InvalidInputException(
                    "backbone.factors",
                    "takes " + taken + " of an embedding of " + dimension
                            + " floats; allowed is 1 to below the embedding dimension");
        }
        Node product = new Sides(shape).product(network, taken);
        List<Select.Run> rest = IntStream.range(0, shape.fields().size())
                .mapToObj(field -> new Select.Run(field * dimension + taken, dimension - taken))
                .toList();
        Node deep = Perceptron.of(network, "mlp", network.withAdded(network.select(network.fields(), rest)), mlp);
        return network.linear("output", network.concatenate(product, deep), 1);
    }
}
