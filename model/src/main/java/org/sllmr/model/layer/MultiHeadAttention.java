// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import org.sllmr.model.initialization.Initialization;

/**
 * Attention of each field to all fields, in several heads h, with queries, keys and values of the same fields x:
 *
 * <pre>
 *     a_h(i, j) = softmax over j of (Q_h x_i) . (K_h x_j),    y_i = [ sum_j a_h(i, j) V_h x_j ] over h
 * </pre>
 */
public final class MultiHeadAttention {
    private final int fields;
    private final int heads;
    private final int size;
    private final boolean scaled;
    private final Parameter weight;
    private final @Nullable Parameter bias;
    private final @Nullable Linear projection;
    private final Dropout dropout;

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

    /** Declares {@code name.weight}: queries, keys and values, and, if projected, {@code name.bias} and {@code name.output}. */
    public MultiHeadAttention(NetworkBuilder builder, String name, int fields, int in, Shape shape) {
        this.fields = fields;
        this.heads = shape.heads();
        this.size = shape.size();
        this.scaled = shape.scaled();
        this.weight =
                builder.parameter(name + ".weight", new Initialization.XavierUniform(), in, 3 * size, 3 * size, in);
        this.bias = shape.projected()
                ? builder.parameter(name + ".bias", new Initialization.Constant(0), in, 3 * size, 3 * size)
                : null;
        this.projection = shape.projected() ? new Linear(builder, name + ".output", size, size) : null;
        this.dropout = new Dropout(builder, shape.dropout(), heads * fields * fields);
    }

    /**
     * Attends.
     *
     * @param x {@code [rows * fields, in]}
     * @return {@code [rows * fields, size]}
     */
    public Tensor forward(Tensor x, Pass pass) {
        long rows = pass.rows();
        long part = size / heads;
        TensorOptional optional = bias == null ? new TensorOptional() : new TensorOptional(bias.tensor());
        TensorVector parts = torch.linear(x, weight.tensor(), optional)
                .view(rows, fields, 3, size)
                .unbind(2);
        Tensor queries = split(parts.get(0), rows, part);
        Tensor keys = split(parts.get(1), rows, part);
        Tensor values = split(parts.get(2), rows, part);
        if (scaled) {
            queries = queries.mul(new Scalar((float) (1 / Math.sqrt(part))));
        }
        Tensor weights = torch.softmax(torch.bmm(queries, keys.transpose(1, 2)), 2);
        weights = dropout.forward(weights.view(rows, -1), pass).view(rows * heads, fields, fields);
        Tensor y = torch.bmm(weights, values)
                .view(rows, heads, fields, part)
                .transpose(1, 2)
                .reshape(rows * fields, size);
        return projection == null ? y : projection.forward(y);
    }

    /** From {@code [rows, fields, size]} to {@code [rows * heads, fields, part]}. */
    private Tensor split(Tensor x, long rows, long part) {
        return x.view(rows, fields, heads, part).transpose(1, 2).reshape(rows * heads, fields, part);
    }
}
