// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.sllmr.model.pair.Affine;
import org.sllmr.model.pair.PairNetwork;
import org.sllmr.model.pair.PairParameters;
import org.sllmr.model.pair.PairPerceptron;
import org.sllmr.model.schema.Field;

/**
 * What a backbone's network for ranking is made from.
 *
 * @param parameters the trained parameters by name
 * @param shape what the backbone was built for
 */
public record PairSource(PairParameters parameters, InputShape shape) {
    /** The network for ranking of a backbone: its own, or whole rows where one side of a row has no fields. */
    public PairNetwork network(Backbone backbone) {
        return fields(true) == 0 || fields(false) == 0 ? new WholeRows(backbone, this) : backbone.pairs(this);
    }

    /** Columns of a row {@code [fields * dimension]} that belong to the item, in order; kept. */
    public Tensor itemColumns() {
        return columns(true, shape.dimension());
    }

    /** Columns of a row that belong to the user and the position, in order; kept. */
    public Tensor userColumns() {
        return columns(false, shape.dimension());
    }

    /**
     * Columns of some of the item's fields in rows that hold the item's fields only; kept.
     *
     * @param places places of the fields among all fields of a row
     */
    public Tensor itemColumns(int[] places) {
        int dimension = shape.dimension();
        long[] columns = new long[places.length * dimension];
        for (int i = 0; i < columns.length; i++) {
            long before = shape.fields().subList(0, places[i / dimension]).stream()
                    .filter(Field::ofItem)
                    .count();
            columns[i] = before * dimension + i % dimension;
        }
        return parameters.keep(indexes(columns));
    }

    /** Number of fields of the item, or of all other fields. */
    public int fields(boolean ofItem) {
        return (int) shape.fields().stream()
                .filter(field -> field.ofItem() == ofItem)
                .count();
    }

    /** The layers as one network over whole rows, its first layer in two parts. */
    public PairPerceptron perceptron(List<Affine> layers) {
        return new PairPerceptron(parameters, layers, userColumns(), itemColumns());
    }

    /** The layers of a perceptron and, last, a linear layer. */
    public static List<Affine> chain(List<Affine> layers, Affine last) {
        List<Affine> chain = new ArrayList<>(layers);
        chain.add(last);
        return chain;
    }

    /**
     * For each column of a row its place in a row that has the user's fields first: with {@code index_select} it puts such
     * rows into the order of the fields; kept.
     */
    public Tensor rowOrder() {
        return parameters.keep(torch.argsort(torch.cat(new TensorVector(userColumns(), itemColumns()), 0)));
    }

    /**
     * Columns of one side, in rows that hold a part of each field only; kept.
     *
     * @param ofItem whether the side is the item's
     * @param length floats of a field in such a row
     */
    public Tensor columns(boolean ofItem, int length) {
        long[] columns = new long[fields(ofItem) * length];
        int count = 0;
        for (int field = 0; field < shape.fields().size(); field++) {
            if (shape.fields().get(field).ofItem() == ofItem) {
                for (int d = 0; d < length; d++) {
                    columns[count++] = (long) field * length + d;
                }
            }
        }
        return parameters.keep(indexes(columns));
    }

    /** The numbers as a tensor, which may be empty. */
    private static Tensor indexes(long... values) {
        // A tensor of no elements has no memory to copy into.
        return values.length == 0 ? Tensor.create(new long[] {0}).narrow(0, 0, 0) : Tensor.create(values);
    }
}
