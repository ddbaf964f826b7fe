// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import org.sllmr.model.attention.FieldAttention;
import org.sllmr.model.initialization.Initialization;
import org.sllmr.model.kernel.Kernels;

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
    private final FieldAttention attention;
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
        float scale = shape.scaled() ? (float) (1 / Math.sqrt(part)) : 1;
        this.attention = new FieldAttention(Kernels.fastest(), fields, heads, part, scale);
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
        TensorOptional optional = bias == null ? new TensorOptional() : new TensorOptional(bias.tensor());
        Tensor all = Products.linear(x, weight.tensor(), optional);
        Tensor y = dropout.acts(pass) ? dropped(all, pass) : whole(all, pass);
        return projection == null ? y : projection.forward(y);
    }

    /** Without dropout, by the tensor library's own fused attention. */
    private Tensor whole(Tensor all, Pass pass) {
        long rows = pass.rows();
        TensorVector parts =
                all.view(rows, fields, 3, heads, part).permute(2, 0, 3, 1, 4).unbind(0);
        Tensor attended = torch.scaled_dot_product_attention(
                parts.get(0),
                parts.get(1),
                parts.get(2),
                new TensorOptional(),
                0,
                false,
                new DoubleOptional(attention.scale()),
                false);
        return attended.transpose(1, 2).reshape(rows * fields, (long) heads * part);
    }

    /** With dropout, which the fused one does not know; products of matrices this small are mostly overhead as tensors. */
    private Tensor dropped(Tensor all, Pass pass) {
        int rows = pass.rows();
        int width = heads * part;
        float[] inputs = new float[rows * fields * 3 * width];
        all.data_ptr_float().get(inputs);
        float[] factors = dropout.factors(pass);
        float[] weights = new float[attention.weights(rows)];
        Tape tape = pass.tape();
        float[] outputs = attention.forward(inputs, rows, factors, weights, Threads.ALL);
        if (tape == null) {
            return Tensor.create(outputs).view((long) rows * fields, width);
        }
        return tape.operation(
                all,
                outputs,
                gradient -> attention.backward(inputs, rows, factors, weights, gradient, Threads.ALL),
                (long) rows * fields,
                width);
    }
}
