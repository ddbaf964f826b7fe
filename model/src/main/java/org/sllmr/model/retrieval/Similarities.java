// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.retrieval;

import java.util.HashMap;
import java.util.Map;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.VectorColumn;
import org.sllmr.model.kernel.Products;

/**
 * How alike rows are to the samples of a pool. Samples share histories and items, so products are made with those that are
 * distinct, for a block of rows at once.
 *
 * @param vectors unit vectors of the items: {@code [items, width]}
 * @param width floats of a vector
 * @param historyLength how many of the last items make a history
 * @param histories the pool's distinct histories, packed
 * @param historyCount how many there are
 * @param historyOf for each sample of the pool its history
 * @param items the pool's distinct items, packed
 * @param itemCount how many there are
 * @param itemOf for each sample of the pool its item
 */
@SuppressWarnings("ArrayRecordComponent") // never changed
record Similarities(
        float[] vectors,
        int width,
        int historyLength,
        float[] histories,
        int historyCount,
        int[] historyOf,
        float[] items,
        int itemCount,
        int[] itemOf) {
    private static final Products PRODUCTS = Products.fastest();

    static Similarities of(InteractionLog log, Instances pool, VectorColumn column, int historyLength) {
        int width = column.width();
        float[] vectors = column.values().clone();
        for (int item = 0; item < column.rows(); item++) {
            normalise(vectors, item * width, width);
        }
        Map<Long, Integer> knownHistories = new HashMap<>();
        Map<Integer, Integer> knownItems = new HashMap<>();
        int[] historyOf = new int[pool.size()];
        int[] itemOf = new int[pool.size()];
        for (int row = 0; row < pool.size(); row++) {
            long place = ((long) pool.users()[row] << 32) | pool.positions()[row];
            historyOf[row] = number(knownHistories, place);
            itemOf[row] = number(knownItems, pool.items()[row]);
        }
        float[] histories = new float[knownHistories.size() * width + Products.SLACK];
        float[] items = new float[knownItems.size() * width + Products.SLACK];
        for (int row = 0; row < pool.size(); row++) {
            mean(
                    vectors,
                    width,
                    historyLength,
                    log,
                    pool.users()[row],
                    pool.positions()[row],
                    histories,
                    historyOf[row] * width);
            copy(vectors, width, pool.items()[row], items, itemOf[row] * width);
        }
        return new Similarities(
                vectors,
                width,
                historyLength,
                packed(histories, width, knownHistories.size()),
                knownHistories.size(),
                historyOf,
                packed(items, width, knownItems.size()),
                knownItems.size(),
                itemOf);
    }

    private static <K> int number(Map<K, Integer> known, K key) {
        Integer number = known.get(key);
        if (number == null) {
            number = known.size();
            known.put(key, number);
        }
        return number;
    }

    private static float[] packed(float[] rows, int width, int count) {
        float[] packed = new float[PRODUCTS.packedSize(width, count) + Products.SLACK];
        PRODUCTS.pack(rows, 0, width, count, packed, 0);
        return packed;
    }

    /**
     * The cosines of some rows with every history and every item of the pool.
     *
     * @param all the pool
     * @param ofHistory for each distinct history of the rows its cosines
     * @param historyOfRow for each row its history
     * @param ofItem for each distinct item of the rows its cosines
     * @param itemOfRow for each row its item
     */
    @SuppressWarnings("ArrayRecordComponent") // never changed
    record Block(Similarities all, float[] ofHistory, int[] historyOfRow, float[] ofItem, int[] itemOfRow) {
        /** Where the cosines of a row's history begin. */
        int history(int row) {
            return historyOfRow[row] * all.historyCount;
        }

        /** Where the cosines of a row's item begin. */
        int item(int row) {
            return itemOfRow[row] * all.itemCount;
        }
    }

    Block block(InteractionLog log, Instances rows) {
        Map<Long, Integer> knownHistories = new HashMap<>();
        Map<Integer, Integer> knownItems = new HashMap<>();
        int[] historyOfRow = new int[rows.size()];
        int[] itemOfRow = new int[rows.size()];
        float[] means = new float[rows.size() * width + Products.SLACK];
        float[] targets = new float[rows.size() * width + Products.SLACK];
        for (int row = 0; row < rows.size(); row++) {
            int user = rows.users()[row];
            int position = rows.positions()[row];
            historyOfRow[row] = number(knownHistories, ((long) user << 32) | position);
            mean(vectors, width, historyLength, log, user, position, means, historyOfRow[row] * width);
            itemOfRow[row] = number(knownItems, rows.items()[row]);
            copy(vectors, width, rows.items()[row], targets, itemOfRow[row] * width);
        }
        return new Block(
                this,
                products(means, knownHistories.size(), histories, historyCount),
                historyOfRow,
                products(targets, knownItems.size(), items, itemCount),
                itemOfRow);
    }

    private float[] products(float[] rows, int count, float[] packed, int columns) {
        float[] products = new float[count * columns + Products.SLACK];
        PRODUCTS.multiplyPacked(rows, 0, width, packed, 0, products, 0, columns, count, width, columns, false);
        return products;
    }

    /** The direction of the mean of the vectors of the last items before a position; zeros without any. */
    private static void mean(
            float[] vectors,
            int width,
            int historyLength,
            InteractionLog log,
            int user,
            int position,
            float[] target,
            int at) {
        int from = Math.max(0, position - historyLength);
        for (int d = 0; d < width; d++) {
            target[at + d] = 0;
        }
        if (user < 0 || user >= log.users()) {
            return;
        }
        for (int place = from; place < position; place++) {
            int item = log.item(user, place) * width;
            for (int d = 0; d < width; d++) {
                target[at + d] += vectors[item + d];
            }
        }
        normalise(target, at, width);
    }

    /** The direction of the item's vector and the direction of the history's mean together. */
    void joined(InteractionLog log, int user, int position, int item, float[] target, int at) {
        mean(vectors, width, historyLength, log, user, position, target, at);
        for (int d = 0; d < width; d++) {
            target[at + d] += vectors[item * width + d];
        }
        normalise(target, at, width);
    }

    private static void copy(float[] vectors, int width, int item, float[] target, int at) {
        if (item >= 0 && (item + 1) * width <= vectors.length) {
            System.arraycopy(vectors, item * width, target, at, width);
        }
    }

    static void normalise(float[] vectors, int at, int width) {
        double squares = 0;
        for (int d = at; d < at + width; d++) {
            squares += (double) vectors[d] * vectors[d];
        }
        float inverse = squares > 0 ? (float) (1 / Math.sqrt(squares)) : 0;
        for (int d = at; d < at + width; d++) {
            vectors[d] *= inverse;
        }
    }
}
