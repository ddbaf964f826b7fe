// SPDX-License-Identifier: Apache-2.0
package org.sllmr.onnx;

import java.util.stream.LongStream;
import org.sllmr.model.graph.Node;
import org.sllmr.model.operation.Axis;
import org.sllmr.model.operation.Multiply;
import org.sllmr.model.operation.Outer;
import org.sllmr.model.operation.Select;
import org.sllmr.model.operation.SumGroups;
import org.sllmr.model.operation.Transpose;

/** Operations that look at a vector as groups of elements. */
final class ShapeTranslators {
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
