// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.profile;

import java.util.ArrayList;
import java.util.List;
import org.sllmr.model.graph.Graph;
import org.sllmr.model.graph.Node;
import org.sllmr.model.operation.Axis;
import org.sllmr.model.operation.BlockLinear;
import org.sllmr.model.operation.CompressedInteraction;
import org.sllmr.model.operation.FieldAttention;
import org.sllmr.model.operation.Histories;
import org.sllmr.model.operation.Linear;
import org.sllmr.model.operation.Parameter;
import org.sllmr.model.operation.Project;

/**
 * A product of matrices, {@code [rows, depth]} times {@code [depth, columns]}.
 *
 * @param rows rows of the left matrix
 * @param depth length of the sums
 * @param columns columns of the right matrix
 */
record MatrixProduct(int rows, int depth, int columns) {
    /** Number of multiplications with an addition. */
    long multiplyAdds() {
        return (long) rows * depth * columns;
    }

    /**
     * The products of a training step, forward and backward: of linear layers, projections, compressed interactions and
     * attention among fields, which are all that the six published backbones have.
     *
     * @param samples rows of a batch
     * @param histories their histories
     */
    static List<MatrixProduct> ofStep(Graph graph, int samples, Histories histories) {
        List<MatrixProduct> products = new ArrayList<>();
        for (Node node : graph.nodes()) {
            int vectors = vectors(node.axis(), samples, histories);
            if (node.operation() instanceof Linear linear) {
                int groups = vectors * linear.groups();
                addTrained(
                        products,
                        groups,
                        linear.weight().width(),
                        linear.weight().out());
            } else if (node.operation() instanceof BlockLinear blocks) {
                Parameter weight = blocks.weight();
                addTrained(products, vectors * weight.length(0), weight.length(1), weight.length(2));
            } else if (node.operation() instanceof Project project) {
                for (Project.Part part : project.parts()) {
                    if (part.weight() != null) {
                        products.add(new MatrixProduct(vectors, part.length(), part.out()));
                        products.add(new MatrixProduct(part.out(), vectors, part.length()));
                    }
                }
            } else if (node.operation() instanceof CompressedInteraction interaction) {
                for (Parameter weight : interaction.weights()) {
                    addTrained(products, vectors * interaction.shape().dimension(), weight.length(1), weight.length(0));
                }
            } else if (node.operation() instanceof FieldAttention attention) {
                int rows = vectors * attention.heads() * attention.fields();
                // Queries by keys and weights by values; each has two derivatives.
                for (int pass = 0; pass < 3; pass++) {
                    products.add(new MatrixProduct(rows, attention.size(), attention.fields()));
                    products.add(new MatrixProduct(rows, attention.fields(), attention.size()));
                }
            }
        }
        return products;
    }

    /** How many vectors a value on an axis has. */
    static int vectors(Axis axis, int samples, Histories histories) {
        return switch (axis) {
            case ROWS -> samples;
            case HISTORY -> histories.items();
            case PAIRS -> histories.pairs();
            case USER -> 1;
        };
    }

    /** A layer's product with the vectors, with the derivatives by its result, and of both by its weights. */
    private static void addTrained(List<MatrixProduct> products, int vectors, int in, int out) {
        products.add(new MatrixProduct(vectors, in, out));
        products.add(new MatrixProduct(vectors, out, in));
        products.add(new MatrixProduct(out, vectors, in));
    }
}
