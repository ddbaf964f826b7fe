// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;
import org.sllmr.model.initialization.Initialization;
import org.sllmr.model.operation.FieldAttention;
import org.sllmr.model.operation.Linear;
import org.sllmr.model.operation.Parameter;
import org.sllmr.model.operation.Weight;

/**
 * Attention of each field to all fields, in several heads h, with queries, keys and values of the same fields x:
 *
 * <pre>
 *     a_h(i, j) = softmax over j of (Q_h x_i) . (K_h x_j),    y_i = [ sum_j a_h(i, j) V_h x_j ] over h
 * </pre>
 */
public final class MultiHeadAttention {
    private MultiHeadAttention() {}

    /**
     * How attention is made.
     *
     * @param size floats of the output of all heads together, a multiple of the number of heads
     * @param heads number of heads
     * @param scaled whether products of queries and keys are divided by the square root of a head's size
     * @param projected whether queries, keys and values have biases and a linear layer follows, as in Transformers
     *     (Vaswani et al. 2017, equation 1 and Section 3.2.2)
     * @param dropout probability that an attention weight is dropped
     */
    public record Shape(int size, int heads, boolean scaled, boolean projected, double dropout) {}

    /**
     * What the fields attend to, {@code [fields, size]}; the parameters {@code name.weight}: queries, keys and values, and, if
     * projected, {@code name.bias} and the linear layer {@code name.output}.
     *
     * @param x {@code [fields, in]}
     */
    public static Node of(GraphBuilder network, String name, Node x, int fields, Shape shape) {
        int size = shape.size();
        int part = size / shape.heads();
        int in = x.width() / fields;
        Parameter weight =
                network.parameter(name + ".weight", new Initialization.XavierUniform(), in, 3 * size, 3 * size, in);
        Parameter bias = shape.projected()
                ? network.parameter(name + ".bias", new Initialization.Constant(0), in, 3 * size, 3 * size)
                : null;
        int mask = shape.dropout() > 0 ? network.mask(shape.dropout(), shape.heads() * fields * fields) : -1;
        float scale = shape.scaled() ? (float) (1 / Math.sqrt(part)) : 1;
        Node all = network.add(new Linear(Weight.whole(weight), bias, fields), x);
        Node attended = network.add(new FieldAttention(fields, shape.heads(), part, scale, mask), all);
        return shape.projected() ? network.linear(name + ".output", attended, fields, size, true) : attended;
    }
}
