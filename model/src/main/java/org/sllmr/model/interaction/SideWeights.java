// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.interaction;

import java.util.List;
import org.sllmr.model.kernel.MatrixKernels;
import org.sllmr.model.kernel.Products;

/**
 * The weights of a compressed interaction network by the side of the fields that they are of, for crossing one user with many
 * items.
 *
 * <p>A layer is linear in the products of a map and a field. So with the user's fields put in, its maps are those of the layer
 * before times one matrix, and their products with the item's fields times another one, which is the same for all users. In the
 * first layer the maps are the fields: there, each side has 1, its fields, and the products of two of them.
 *
 * @param shape sizes of the network
 * @param userFields fields of the user, in growing order
 * @param itemFields fields of the item, in growing order
 */
public record SideWeights(InteractionShape shape, List<Integer> userFields, List<Integer> itemFields) {
    /** How many times as many floats as the network's weights they may have: to make a user's takes little time then. */
    private static final int MOST_TIMES = 8;

    /** Copies the lists. */
    public SideWeights {
        userFields = List.copyOf(userFields);
        itemFields = List.copyOf(itemFields);
    }

    /** For the first layer, what each element of the item's embeddings becomes: 1, its fields, and the products of two of them. */
    public int itemProducts() {
        return products(itemFields);
    }

    int userProducts() {
        return products(userFields);
    }

    private static int products(List<Integer> fields) {
        return 1 + fields.size() + fields.size() * (fields.size() + 1) / 2;
    }

    /** Maps of a layer, filled up to whole panels. */
    int maps(int layer) {
        return PairPlan.roundUp(shape.layers().get(layer).maps(), MatrixKernels.PANEL);
    }

    /** Columns of a layer's matrix of one user and one element: the item's products, or 1 and the maps that the layer reads. */
    int userDepth(int layer) {
        return layer == 0 ? itemProducts() : 1 + shape.before(layer);
    }

    /** Columns of a layer's matrix of all users: the products of each field of the item with each map that the layer reads. */
    int itemDepth(int layer) {
        return layer == 0 ? 0 : itemFields.size() * shape.before(layer);
    }

    /** Rows of {@link #userAt}: what is known of the user's element, in the order of {@link #products}. */
    int userRows(int layer) {
        return layer == 0 ? userProducts() : 1 + userFields.size();
    }

    /**
     * Where a layer's matrices of the user stand in the packed weights: for each of {@link #userRows} a left matrix of {@link
     * MatrixKernels}, of {@link #maps} by {@link #userDepth}.
     */
    int userAt(int layer) {
        int at = 0;
        for (int before = 0; before < layer; before++) {
            at = itemAt(before) + maps(before) * itemDepth(before);
        }
        return at;
    }

    /** Where a layer's matrix of the item stands: a left matrix of {@link #maps} by {@link #itemDepth}. */
    int itemAt(int layer) {
        return userAt(layer) + userRows(layer) * maps(layer) * userDepth(layer);
    }

    /**
     * Whether it pays: the first layer has a weight for each product within the user's side with each one within the item's, of
     * which there are too many where there are many fields.
     */
    public boolean isWorthwhile() {
        long floats = 0;
        long own = 0;
        for (int layer = 0; layer < shape.layers().size(); layer++) {
            long ofMap = (long) userRows(layer) * userDepth(layer) + itemDepth(layer);
            floats += maps(layer) * ofMap;
            own += (long) shape.layers().get(layer).maps() * shape.fields() * shape.before(layer);
        }
        return floats <= Math.min(MOST_TIMES * own, Integer.MAX_VALUE / 2);
    }

    /** Floats of the packed weights, where {@link #isWorthwhile}. */
    public int packedSize() {
        return userAt(shape.layers().size()) + Products.SLACK;
    }

    /**
     * The weights of a network.
     *
     * @param values has them
     * @param weightsAt where those of each layer begin, {@code [maps, fields * maps before]}
     * @param biasesAt where the biases of each layer begin
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Source(float[] values, int[] weightsAt, int[] biasesAt) {}

    /**
     * Arranges weights.
     *
     * @param packed receives them, from {@code at}; is 0 there
     */
    public void pack(Source source, float[] packed, int at) {
        for (int layer = 0; layer < shape.layers().size(); layer++) {
            for (int map = 0; map < shape.layers().get(layer).maps(); map++) {
                int from = source.weightsAt()[layer] + map * shape.fields() * shape.before(layer);
                packed[at + userPlace(layer, 0, map, 0)] = source.values()[source.biasesAt()[layer] + map];
                if (layer == 0) {
                    packFirst(source.values(), from, map, packed, at);
                } else {
                    packLater(source.values(), from, layer, map, packed, at);
                }
            }
        }
    }

    private int userPlace(int layer, int row, int map, int column) {
        int depth = userDepth(layer);
        return userAt(layer) + row * maps(layer) * depth + MatrixKernels.panel(map, column, depth);
    }

    private void packFirst(float[] source, int from, int map, float[] packed, int at) {
        int row = 1 + userFields.size();
        for (int i = 0; i < userFields.size(); i++) {
            for (int j = i; j < userFields.size(); j++) {
                packed[at + userPlace(0, row, map, 0)] = both(source, from, userFields.get(i), userFields.get(j));
                row++;
            }
            for (int item = 0; item < itemFields.size(); item++) {
                packed[at + userPlace(0, 1 + i, map, 1 + item)] =
                        both(source, from, userFields.get(i), itemFields.get(item));
            }
        }
        int column = 1 + itemFields.size();
        for (int i = 0; i < itemFields.size(); i++) {
            for (int j = i; j < itemFields.size(); j++) {
                packed[at + userPlace(0, 0, map, column)] = both(source, from, itemFields.get(i), itemFields.get(j));
                column++;
            }
        }
    }

    /** The weight of the product of two fields, whichever stands first. */
    private float both(float[] source, int from, int one, int other) {
        float weight = source[from + one * shape.fields() + other];
        return one == other ? weight : weight + source[from + other * shape.fields() + one];
    }

    private void packLater(float[] source, int from, int layer, int map, float[] packed, int at) {
        int before = shape.before(layer);
        for (int i = 0; i < userFields.size(); i++) {
            int field = from + userFields.get(i) * before;
            for (int read = 0; read < before; read++) {
                packed[at + userPlace(layer, 1 + i, map, 1 + read)] = source[field + read];
            }
        }
        int depth = itemDepth(layer);
        for (int i = 0; i < itemFields.size(); i++) {
            int field = from + itemFields.get(i) * before;
            for (int read = 0; read < before; read++) {
                packed[at + itemAt(layer) + MatrixKernels.panel(map, i * before + read, depth)] = source[field + read];
            }
        }
    }

    /**
     * Makes what the first layer reads of an item.
     *
     * @param x fields of a row, {@code [fields, dimension]}, from {@code from}
     * @param target receives {@code [dimension, itemProducts]}, from {@code to}
     */
    public void itemProducts(float[] x, int from, float[] target, int to) {
        products(itemFields, x, from, target, to);
    }

    /** The same of a user, {@code [dimension, userProducts]}. */
    void userProducts(float[] x, float[] target) {
        products(userFields, x, 0, target, 0);
    }

    private void products(List<Integer> fields, float[] x, int from, float[] target, int to) {
        int dimension = shape.dimension();
        int count = fields.size();
        int at = to;
        for (int element = 0; element < dimension; element++) {
            target[at] = 1;
            for (int i = 0; i < count; i++) {
                target[at + 1 + i] = x[from + fields.get(i) * dimension + element];
            }
            int product = at + 1 + count;
            for (int i = 0; i < count; i++) {
                for (int j = i; j < count; j++) {
                    target[product++] = target[at + 1 + i] * target[at + 1 + j];
                }
            }
            at = product;
        }
    }
}
