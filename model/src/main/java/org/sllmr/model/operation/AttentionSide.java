// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import java.util.Arrays;
import java.util.List;
import org.sllmr.model.kernel.Products;

/**
 * What the fields of one side, user or item, bring to attention among the fields of both.
 *
 * <p>The fields of a side attend to each other in the same way whatever is on the other side. To a field of its own side, they
 * are one more field: its value is what the field would get from them alone, and the product of query and key is the logarithm
 * of the sum of exp of theirs. So attention to all fields is attention to those of the other side and to this one.
 *
 * <p>A vector of the input is {@code [fields, queries | keys | values]}, with {@code heads * size} floats of queries and of
 * keys and {@code heads * out} of values. The result has, one behind the other, of the side's fields,
 *
 * <pre>
 *     queries  [heads, fields, size]           times the scale
 *     keys     [heads, fields, size]
 *     values   [heads, fields + 1, out]        the last one is 0
 *     means    [fields, heads, out]            values that stand for the side's fields
 *     sums     [heads, fields]                 logarithms that belong to them
 * </pre>
 *
 * @param inputFields number of fields of the input
 * @param fields which of them are the side's, in growing order; at least one
 * @param heads number of heads
 * @param size floats of a query or key in one head
 * @param out floats of a value in one head
 * @param scale factor of the products of queries and keys
 */
public record AttentionSide(int inputFields, List<Integer> fields, int heads, int size, int out, float scale)
        implements RankingOperation {
    /** Copies the list. */
    public AttentionSide {
        fields = List.copyOf(fields);
    }

    @Override
    public int width(int[] inputs) {
        if (inputs[0] != inputFields * inputWidth()) {
            throw new IllegalArgumentException("attention of " + inputFields + " fields of " + inputWidth()
                    + " floats over a vector of " + inputs[0]);
        }
        return sums() + heads * count();
    }

    private int inputWidth() {
        return heads * (2 * size + out);
    }

    /** Number of the side's fields. */
    int count() {
        return fields.size();
    }

    int query(int head, int field) {
        return (head * count() + field) * size;
    }

    int key(int head, int field) {
        return (heads * count() + head * count() + field) * size;
    }

    /** Where the values of a head begin. */
    int values(int head) {
        return 2 * heads * count() * size + head * (count() + 1) * out;
    }

    int mean(int field, int head) {
        return values(heads) + (field * heads + head) * out;
    }

    private int sums() {
        return mean(count(), 0);
    }

    int sum(int head, int field) {
        return sums() + head * count() + field;
    }

    @Override
    public void forward(Frame frame, int from, int to) {
        Products products = frame.context.products;
        float[] y = frame.value;
        float[] weights = new float[count()];
        Arrays.fill(y, from * frame.width, to * frame.width, 0);
        for (int row = from; row < to; row++) {
            int at = row * frame.width;
            for (int head = 0; head < heads; head++) {
                read(frame.inputs[0], row, head, y, at);
                for (int field = 0; field < count(); field++) {
                    attend(products, y, at, head, field, weights);
                }
            }
        }
    }

    private void read(float[] x, int row, int head, float[] y, int at) {
        for (int field = 0; field < count(); field++) {
            int source = (row * inputFields + fields.get(field)) * inputWidth();
            int query = at + query(head, field);
            for (int d = 0; d < size; d++) {
                y[query + d] = scale * x[source + head * size + d];
            }
            System.arraycopy(x, source + (heads + head) * size, y, at + key(head, field), size);
            int value = source + 2 * heads * size + head * out;
            System.arraycopy(x, value, y, at + values(head) + field * out, out);
        }
    }

    /** Attention of a field to those of its side. */
    private void attend(Products products, float[] y, int at, int head, int field, float[] weights) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int other = 0; other < count(); other++) {
            weights[other] = products.dot(y, at + query(head, field), y, at + key(head, other), size);
            largest = Math.max(largest, weights[other]);
        }
        double sum = 0;
        for (int other = 0; other < count(); other++) {
            weights[other] = (float) StrictMath.exp(weights[other] - largest);
            sum += weights[other];
        }
        for (int other = 0; other < count(); other++) {
            float weight = (float) (weights[other] / sum);
            products.addScaled(weight, y, at + values(head) + other * out, y, at + mean(field, head), out);
        }
        y[at + sum(head, field)] = (float) (largest + StrictMath.log(sum));
    }
}
