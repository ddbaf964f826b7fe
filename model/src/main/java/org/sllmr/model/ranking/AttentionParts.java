// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.ranking;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sllmr.model.operation.AttentionOfSides;
import org.sllmr.model.operation.AttentionSide;
import org.sllmr.model.operation.FieldAttention;
import org.sllmr.model.operation.Linear;
import org.sllmr.model.operation.Parameter;
import org.sllmr.model.operation.Weight;

/**
 * Takes attention among the fields of a row apart: what the fields of each side are to each other is computed once a side.
 *
 * <p>A linear layer that reads each field's result is applied to the values instead: W (sum of a_j v_j) = sum of a_j (W v_j).
 * Its bias is added to the values of one head, whose weights add up to 1.
 */
final class AttentionParts {
    private final FieldAttention attention;
    private final BitSet ofUser;
    private final int out;
    private final Linear values;

    /**
     * Of an attention and the linear layer that reads it.
     *
     * @param ofUser which fields are the user's
     * @param linear for each field; null for none
     */
    AttentionParts(FieldAttention attention, BitSet ofUser, @Nullable Linear linear, Derived derived) {
        this.attention = attention;
        this.ofUser = ofUser;
        int heads = attention.heads();
        int size = attention.size();
        int inner = heads * size;
        this.out = linear == null ? inner : linear.weight().out();
        float[] matrix = linear == null ? identity(inner) : matrix(linear.weight(), derived);
        int rows = 2 * inner + heads * out;
        float[] weights = new float[rows * 3 * inner];
        for (int row = 0; row < 2 * inner; row++) {
            weights[row * 3 * inner + row] = 1;
        }
        for (int head = 0; head < heads; head++) {
            for (int o = 0; o < out; o++) {
                int to = (2 * inner + head * out + o) * 3 * inner + 2 * inner + head * size;
                System.arraycopy(matrix, o * inner + head * size, weights, to, size);
            }
        }
        float[] biases = new float[rows];
        Parameter bias = linear == null ? null : linear.bias();
        if (bias != null) {
            System.arraycopy(derived.values(), bias.offset(), biases, 2 * inner, out);
        }
        this.values = new Linear(
                Weight.whole(derived.add(weights, rows, 3 * inner)), derived.add(biases, rows), attention.fields());
    }

    private static float[] identity(int size) {
        float[] matrix = new float[size * size];
        for (int i = 0; i < size; i++) {
            matrix[i * size + i] = 1;
        }
        return matrix;
    }

    private static float[] matrix(Weight weight, Derived derived) {
        float[] matrix = new float[weight.out() * weight.width()];
        weight.read(derived.values(), matrix, 0);
        return matrix;
    }

    /** What makes of queries, keys and values of each field those that the parts of both sides read. */
    Linear values() {
        return values;
    }

    AttentionSide user() {
        return side(true);
    }

    AttentionSide item() {
        return side(false);
    }

    private AttentionSide side(boolean user) {
        BitSet fields = new BitSet();
        fields.set(0, attention.fields());
        if (user) {
            fields.and(ofUser);
        } else {
            fields.andNot(ofUser);
        }
        List<Integer> numbers = fields.stream().boxed().toList();
        return new AttentionSide(
                attention.fields(), numbers, attention.heads(), attention.size(), out, attention.scale());
    }

    /** What both sides make together. */
    AttentionOfSides both() {
        return new AttentionOfSides(item(), user());
    }
}
