// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
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
    private final int part;
    private final double scale;
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
        int size = shape.size();
        this.part = size / heads;
        this.scale = shape.scaled() ? 1 / Math.sqrt(part) : 1;
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
        TensorOptional optional = bias == null ? new TensorOptional() : new TensorOptional(bias.tensor());
        Tensor all = torch.linear(x, weight.tensor(), optional).view(rows, fields, 3, heads, part);
        TensorVector parts = all.permute(2, 0, 3, 1, 4).unbind(0);
        Tensor attended = attend(parts.get(0), parts.get(1), parts.get(2), pass);
        Tensor y = attended.transpose(1, 2).reshape(rows * fields, (long) heads * part);
        return projection == null ? y : projection.forward(y);
    }

    /** For queries, keys and values {@code [rows, heads, fields, part]}. */
    private Tensor attend(Tensor queries, Tensor keys, Tensor values, Pass pass) {
        if (!dropout.acts(pass)) {
            return torch.scaled_dot_product_attention(
                    queries, keys, values, new TensorOptional(), 0, false, new DoubleOptional(scale), false);
        }
        // A batched product of matrices as small as these is a loop over them; element-wise it is one sweep.
        Tensor scores = queries.mul(new Scalar((float) scale))
                .unsqueeze(3)
                .mul(keys.unsqueeze(2))
                .sum(new long[] {4}, false, new ScalarTypeOptional());
        Tensor weights = torch.softmax(scores, 3);
        weights = dropout.forward(weights.view(pass.rows(), -1), pass).view(pass.rows(), heads, fields, fields);
        return weights.unsqueeze(4).mul(values.unsqueeze(2)).sum(new long[] {3}, false, new ScalarTypeOptional());
    }
}
