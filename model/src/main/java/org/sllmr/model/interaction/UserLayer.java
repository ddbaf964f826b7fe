// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.interaction;

import org.sllmr.model.kernel.MatrixKernels;
import org.sllmr.model.kernel.Products;

/**
 * A layer of a compressed interaction network for one user with many items: the matrices that belong to the maps that are not
 * left out.
 */
final class UserLayer {
    private final SideWeights weights;
    private final int layer;
    private final int before;
    /** Floats of the user's matrix of one element of the embeddings. */
    private final int size;

    private final float[] ofUser;
    private final float[] someOfUser;
    private final float[] someOfItem;
    private final int[] userColumns;
    private final int[] itemColumns;
    private Matrix user = new Matrix(new float[0], 0, 0, 0);
    private Matrix item = user;

    /** A left matrix of {@link MatrixKernels}, from {@code at}, of so many rows and columns. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Matrix(float[] values, int at, int rows, int columns) {}

    UserLayer(SideWeights weights, int layer) {
        this.weights = weights;
        this.layer = layer;
        this.before = weights.shape().before(layer);
        this.size = weights.maps(layer) * weights.userDepth(layer);
        this.ofUser = new float[weights.shape().dimension() * size];
        this.someOfUser = new float[size];
        this.someOfItem = new float[weights.maps(layer) * weights.itemDepth(layer)];
        this.userColumns = new int[weights.userDepth(layer)];
        this.itemColumns = new int[weights.itemDepth(layer)];
    }

    /**
     * Takes a user.
     *
     * @param userProducts for each element 1, the user's fields, and the products of two of them
     */
    void user(Products products, float[] userProducts, float[] packed, int packedAt) {
        products.multiply(
                userProducts,
                0,
                weights.userProducts(),
                packed,
                packedAt + weights.userAt(layer),
                size,
                ofUser,
                0,
                size,
                weights.shape().dimension(),
                weights.userRows(layer),
                size,
                false);
    }

    /** Takes the matrices of an element of the embeddings, without the maps that are left out. */
    void select(LiveMaps live, int element, float[] packed, int packedAt) {
        int userAt = element * size;
        int itemAt = packedAt + weights.itemAt(layer);
        int rows = PairPlan.roundUp(live.count(layer), MatrixKernels.ROWS);
        if (live.isWhole(layer) && (layer == 0 || live.kept(layer - 1) == before)) {
            user = new Matrix(ofUser, userAt, rows, weights.userDepth(layer));
            item = new Matrix(packed, itemAt, rows, weights.itemDepth(layer));
            return;
        }
        user = new Matrix(someOfUser, 0, rows, findUserColumns(live));
        item = new Matrix(someOfItem, 0, rows, findItemColumns(live));
        select(live, ofUser, userAt, weights.userDepth(layer), userColumns, user);
        select(live, packed, itemAt, weights.itemDepth(layer), itemColumns, item);
    }

    /** The item's products, or 1 and the maps that the layer reads. */
    private int findUserColumns(LiveMaps live) {
        int count = layer == 0 ? weights.itemProducts() - 1 : live.kept(layer - 1);
        for (int i = 0; i < count; i++) {
            userColumns[1 + i] = 1 + (layer == 0 ? i : live.maps(layer - 1)[i]);
        }
        return 1 + count;
    }

    private int findItemColumns(LiveMaps live) {
        int count = 0;
        for (int column = 0; column < itemColumns.length; column += before) {
            for (int i = 0; i < live.kept(layer - 1); i++) {
                itemColumns[count++] = column + live.maps(layer - 1)[i];
            }
        }
        return count;
    }

    private void select(LiveMaps live, float[] source, int at, int depth, int[] columns, Matrix target) {
        for (int row = 0; row < live.count(layer); row++) {
            int from = at + MatrixKernels.panel(live.maps(layer)[row], 0, depth);
            int to = MatrixKernels.panel(row, 0, target.columns);
            for (int column = 0; column < target.columns; column++) {
                target.values[to + column * MatrixKernels.PANEL] = source[from + columns[column] * MatrixKernels.PANEL];
            }
        }
    }

    /** What the first layer multiplies the item's products with, and a later one 1 and the maps that it reads. */
    Matrix ofUser() {
        return user;
    }

    /** What a later layer multiplies the maps that it reads times each field of the item with. */
    Matrix ofItem() {
        return item;
    }
}
