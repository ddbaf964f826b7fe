// SPDX-License-Identifier: Apache-2.0
package org.sllmr.onnx;

import java.util.stream.LongStream;
import org.sllmr.model.graph.Node;
import org.sllmr.model.operation.Axis;
import org.sllmr.model.operation.CosineDistance;
import org.sllmr.model.operation.Multiply;
import org.sllmr.model.operation.Outer;
import org.sllmr.model.operation.Select;
import org.sllmr.model.operation.SumGroups;
import org.sllmr.model.operation.Transpose;

/** Operations that look at a vector as groups of elements. */
final class ShapeTranslators {
    private static final float SHORTEST = 1e-30f;

    private ShapeTranslators() {}

    static String multiply(Translation to, Node node, Multiply multiply) {
        GraphWriter graph = to.graph();
        if (multiply.repeat() == 1) {
            return graph.add("Mul", to.input(node, 0), to.input(node, 1));
        }
        int groups = node.width() / multiply.repeat();
        String x = to.reshape(node, to.input(node, 0), groups, multiply.repeat());
        String factors = to.reshape(node, to.input(node, 1), groups, 1);
        return to.reshape(node, graph.add("Mul", x, factors), node.width());
    }

    static String outer(Translation to, Node node, Outer outer) {
        GraphWriter graph = to.graph();
        int groups = outer.groups();
        String x =
                to.reshape(node, to.input(node, 0), groups, node.inputs().get(0).width() / groups, 1);
        String y = to.reshape(
                node, to.input(node, 1), groups, 1, node.inputs().get(1).width() / groups);
        return to.reshape(node, graph.add("Mul", x, y), node.width());
    }

    static String select(Translation to, Node node, Select select) {
        GraphWriter graph = to.graph();
        if (select.runs().size() == 1) {
            Select.Run run = select.runs().get(0);
            return graph.slice(to.input(node, 0), run.from(), run.length());
        }
        long[] places = select.runs().stream()
                .flatMapToLong(run -> LongStream.range(run.from(), run.from() + (long) run.length()))
                .toArray();
        return graph.with("Gather", "axis", -1, to.input(node, 0), graph.integers(places));
    }

    /** A vector of zeros has the cosine 0 with any other. */
    static String cosineDistance(Translation to, Node node, CosineDistance distance) {
        GraphWriter graph = to.graph();
        int size = node.inputs().get(0).width() / distance.groups();
        String x = to.reshape(node, to.input(node, 0), distance.groups(), size);
        String y = to.reshape(node, to.input(node, 1), distance.groups(), size);
        String lengths = graph.add("Mul", length(graph, x), length(graph, y));
        String cosines = graph.add(
                "Div", graph.sum(graph.add("Mul", x, y), -1), graph.add("Max", lengths, graph.number(SHORTEST)));
        return graph.add("Sub", graph.number(1), cosines);
    }

    private static String length(GraphWriter graph, String x) {
        return graph.add("Sqrt", graph.sum(graph.add("Mul", x, x), -1));
    }

    static String sumGroups(Translation to, Node node, SumGroups sum) {
        String groups = to.reshape(node, to.input(node, 0), sum.groups(), node.width());
        return to.graph().sum(groups, -2);
    }

    static String transpose(Translation to, Node node, Transpose transpose) {
        int rows = transpose.rows();
        String matrix = to.reshape(node, to.input(node, 0), rows, node.width() / rows);
        long[] order = node.axis() == Axis.ROWS ? new long[] {0, 2, 1} : new long[] {0, 1, 3, 2};
        return to.reshape(node, to.graph().with("Transpose", "perm", order, matrix), node.width());
    }
}
