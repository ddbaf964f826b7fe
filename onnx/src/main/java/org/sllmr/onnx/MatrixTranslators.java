// SPDX-License-Identifier: Apache-2.0
package org.sllmr.onnx;

import java.util.ArrayList;
import java.util.List;
import org.sllmr.model.graph.Node;
import org.sllmr.model.interaction.InteractionLayer;
import org.sllmr.model.interaction.InteractionShape;
import org.sllmr.model.operation.BlockLinear;
import org.sllmr.model.operation.CompressedInteraction;
import org.sllmr.model.operation.FieldAttention;
import org.sllmr.model.operation.Linear;
import org.sllmr.model.operation.Parameter;
import org.sllmr.model.operation.Project;
import org.sllmr.model.operation.Weight;

/** Operations that multiply by matrices, and attention. */
final class MatrixTranslators {
    private MatrixTranslators() {}

    static String linear(Translation to, Node node, Linear linear) {
        GraphWriter graph = to.graph();
        Weight weight = linear.weight();
        int out = weight.out();
        float[] rows = new float[out * weight.width()];
        weight.read(to.parameters(), rows, 0);
        // Parts of one matrix are different weights.
        String name = weight.parameter().name() + ".transposed " + weight.width() + " " + weight.parts();
        String matrix = to.weights(name, transposed(rows, out, weight.width()), weight.width(), out);
        String x = linear.groups() == 1
                ? to.input(node, 0)
                : to.reshape(node, to.input(node, 0), linear.groups(), weight.width());
        String product = graph.add("MatMul", x, matrix);
        Parameter bias = linear.bias();
        String y = bias == null ? product : graph.add("Add", product, to.weights(bias));
        return linear.groups() == 1 ? y : to.reshape(node, y, node.width());
    }

    private static float[] transposed(float[] values, int rows, int columns) {
        float[] transposed = new float[values.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                transposed[column * rows + row] = values[row * columns + column];
            }
        }
        return transposed;
    }

    static String blockLinear(Translation to, Node node, BlockLinear linear) {
        Parameter weight = linear.weight();
        String blocks = to.reshape(node, to.input(node, 0), weight.length(0), 1, weight.length(1));
        return to.reshape(node, to.graph().add("MatMul", blocks, to.weights(weight)), node.width());
    }

    static String project(Translation to, Node node, Project project) {
        GraphWriter graph = to.graph();
        List<String> parts = new ArrayList<>();
        for (Project.Part part : project.parts()) {
            String x = graph.slice(to.input(node, 0), part.from(), part.length());
            Parameter weight = part.weight();
            if (weight != null) {
                x = graph.add("MatMul", x, transposed(to, weight));
            }
            parts.add(x);
        }
        return graph.concatenate(parts);
    }

    /** A matrix {@code [out, in]} as {@code [in, out]}. */
    static String transposed(Translation to, Parameter weight) {
        float[] matrix = transposed(to.values(weight), weight.length(0), weight.length(1));
        return to.weights(weight.name() + ".transposed", matrix, weight.length(1), weight.length(0));
    }

    /**
     * Queries, keys and values, each {@code [N, heads, rows, size]}, of an input {@code [N, rows, 3, heads, size]}.
     *
     * @param rows fields or tokens
     */
    static String[] byHead(Translation to, Node node, int rows, int heads, int size) {
        GraphWriter graph = to.graph();
        String all = to.reshape(node, to.input(node, 0), rows, 3L * heads, size);
        String byHead = graph.with("Transpose", "perm", new long[] {0, 2, 1, 3}, all);
        String[] kinds = new String[3];
        for (int kind = 0; kind < 3; kind++) {
            kinds[kind] = graph.add(
                    "Slice",
                    byHead,
                    graph.integers((long) kind * heads),
                    graph.integers((kind + 1L) * heads),
                    graph.integers(1));
        }
        return kinds;
    }

    /** Queries, keys and values are {@code [N, fields, 3, heads, size]}. */
    static String attention(Translation to, Node node, FieldAttention attention) {
        GraphWriter graph = to.graph();
        int fields = attention.fields();
        int heads = attention.heads();
        int size = attention.size();
        String[] kinds = byHead(to, node, fields, heads, size);
        String keys = graph.with("Transpose", "perm", new long[] {0, 1, 3, 2}, kinds[1]);
        String products = graph.add("Mul", graph.add("MatMul", kinds[0], keys), graph.number(attention.scale()));
        String mixed = graph.add("MatMul", graph.with("Softmax", "axis", -1, products), kinds[2]);
        String byField = graph.with("Transpose", "perm", new long[] {0, 2, 1, 3}, mixed);
        return to.reshape(node, byField, node.width());
    }

    static String compressedInteraction(Translation to, Node node, CompressedInteraction interaction) {
        GraphWriter graph = to.graph();
        InteractionShape shape = interaction.shape();
        int dimension = shape.dimension();
        String fields = to.reshape(node, to.input(node, 0), shape.fields(), 1, dimension);
        String maps = to.reshape(node, to.input(node, 0), shape.fields(), dimension);
        int before = shape.fields();
        List<String> pooled = new ArrayList<>();
        for (int k = 0; k < shape.layers().size(); k++) {
            InteractionLayer layer = shape.layers().get(k);
            String products = graph.add("Mul", fields, graph.unsqueeze(maps, 1));
            String flat = to.reshape(node, products, (long) shape.fields() * before, dimension);
            String y = graph.add("MatMul", to.weights(interaction.weights().get(k)), flat);
            y = graph.add("Add", y, to.weights(interaction.biases().get(k), layer.maps(), 1));
            y = shape.rectified() ? graph.add("Relu", y) : y;
            pooled.add(graph.slice(graph.sum(y, -1), layer.pooledFrom(), layer.maps() - layer.pooledFrom()));
            before = layer.kept();
            maps = graph.add("Slice", y, graph.integers(0), graph.integers(before), graph.integers(1));
        }
        return graph.concatenate(pooled);
    }
}
