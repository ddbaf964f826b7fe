// SPDX-License-Identifier: Apache-2.0
package org.sllmr.onnx;

import org.sllmr.model.graph.Node;
import org.sllmr.model.operation.CausalAttention;
import org.sllmr.model.operation.RmsNorm;

/** The operations of a decoder, over values of rows. */
final class DecoderTranslators {
    /** Far below every product of a query and a key, so that its weight is 0. */
    private static final float HIDDEN = -1e9f;

    private DecoderTranslators() {}

    static String rmsNorm(Translation to, Node node, RmsNorm norm) {
        GraphWriter graph = to.graph();
        int units = norm.weight().size();
        String x = to.reshape(node, to.input(node, 0), node.width() / units, units);
        String mean = graph.with("ReduceMean", "axes", new long[] {-1}, graph.add("Mul", x, x));
        String root = graph.add("Sqrt", graph.add("Add", mean, graph.number((float) norm.epsilon())));
        String normal = graph.add("Mul", graph.add("Div", x, root), to.weights(norm.weight()));
        return to.reshape(node, normal, node.width());
    }

    /** Queries, keys and values are {@code [N, tokens, 3, heads, size]}. */
    static String attention(Translation to, Node node, CausalAttention attention) {
        GraphWriter graph = to.graph();
        int tokens = attention.tokens();
        int heads = attention.heads();
        int size = attention.size();
        String[] kinds = MatrixTranslators.byHead(to, node, tokens, heads, size);
        String queries = turned(to, attention, kinds[0]);
        String keys = graph.with("Transpose", "perm", new long[] {0, 1, 3, 2}, turned(to, attention, kinds[1]));
        String scale = graph.number((float) (1 / Math.sqrt(size)));
        String products = graph.add("Mul", graph.add("MatMul", queries, keys), scale);
        String seen =
                graph.add("Add", products, to.weights("hidden tokens of " + tokens, hidden(tokens), tokens, tokens));
        String mixed = graph.add("MatMul", graph.with("Softmax", "axis", -1, seen), kinds[2]);
        String byToken = graph.with("Transpose", "perm", new long[] {0, 2, 1, 3}, mixed);
        return to.reshape(node, byToken, node.width());
    }

    /** x cos + (x turned by a right angle) sin, for {@code [N, heads, tokens, size]}. */
    private static String turned(Translation to, CausalAttention attention, String x) {
        GraphWriter graph = to.graph();
        int tokens = attention.tokens();
        int size = attention.size();
        String kind = " " + tokens + " x " + size + " " + attention.base();
        String cosines = to.weights("cosines" + kind, twice(attention.cosines()), tokens, size);
        String sines = to.weights("sines" + kind, twice(attention.sines()), tokens, size);
        float[] turn = new float[size * size];
        for (int i = 0; i < size; i += 2) {
            turn[(i + 1) * size + i] = -1;
            turn[i * size + i + 1] = 1;
        }
        String right = graph.add("MatMul", x, to.weights("right angles of " + size, turn, size, size));
        return graph.add("Add", graph.add("Mul", x, cosines), graph.add("Mul", right, sines));
    }

    private static float[] twice(float[] values) {
        float[] both = new float[2 * values.length];
        for (int i = 0; i < values.length; i++) {
            both[2 * i] = values[i];
            both[2 * i + 1] = values[i];
        }
        return both;
    }

    private static float[] hidden(int tokens) {
        float[] values = new float[tokens * tokens];
        for (int token = 0; token < tokens; token++) {
            for (int other = token + 1; other < tokens; other++) {
                values[token * tokens + other] = HIDDEN;
            }
        }
        return values;
    }
}
