// SPDX-License-Identifier: Apache-2.0
package org.sllmr.onnx;

import org.sllmr.model.graph.Node;
import org.sllmr.model.operation.HistoryAttention;
import org.sllmr.model.operation.HistoryLast;
import org.sllmr.model.operation.HistoryPositions;

/** The operations on a history as a sequence, over values of history items: {@code [N, L, w]}. */
final class SequenceTranslators {
    /** Far below every product of a query and a key, so that its weight is 0. */
    private static final float HIDDEN = -1e30f;

    private SequenceTranslators() {}

    static String positions(Translation to, Node node, HistoryPositions positions) {
        GraphWriter graph = to.graph();
        int places = positions.positions().shape()[0];
        String after = graph.add("Max", to.order().after(), graph.integer(0));
        String place = graph.add("Min", after, graph.integer(places - 1L));
        return graph.add("Add", to.input(node, 0), graph.gather(to.weights(positions.positions()), place));
    }

    static String attention(Translation to, Node node, HistoryAttention attention) {
        GraphWriter graph = to.graph();
        String queries = byHead(to, node, attention, 0);
        String keys = graph.with("Transpose", "perm", new long[] {0, 1, 3, 2}, byHead(to, node, attention, 1));
        String scale = graph.number((float) (1 / Math.sqrt(attention.size())));
        String products = graph.add("Mul", graph.add("MatMul", queries, keys), scale);
        String there = graph.add("Less", graph.number(0), graph.squeeze(to.mask(), 2));
        String seen = graph.add("And", to.order().before(), graph.unsqueeze(graph.unsqueeze(there, 1), 1));
        String masked = graph.add("Where", seen, products, graph.number(HIDDEN));
        String mixed = graph.add("MatMul", graph.with("Softmax", "axis", -1, masked), byHead(to, node, attention, 2));
        return to.reshape(node, graph.with("Transpose", "perm", new long[] {0, 2, 1, 3}, mixed), node.width());
    }

    /** Queries, keys or values: {@code [N, heads, L, size]}. */
    private static String byHead(Translation to, Node node, HistoryAttention attention, int kind) {
        GraphWriter graph = to.graph();
        int width = attention.heads() * attention.size();
        String part = graph.slice(to.input(node, 0), kind * width, width);
        String split = graph.reshape(part, 0, 0, attention.heads(), attention.size());
        return graph.with("Transpose", "perm", new long[] {0, 2, 1, 3}, split);
    }

    static String last(Translation to, Node node, HistoryLast last) {
        GraphWriter graph = to.graph();
        String isLast = graph.toFloat(graph.add("Equal", to.order().after(), graph.integer(0)));
        return graph.squeeze(graph.add("MatMul", graph.unsqueeze(isLast, 1), to.input(node, 0)), 1);
    }
}
