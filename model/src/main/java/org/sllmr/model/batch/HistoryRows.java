// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.batch;

import java.util.Arrays;
import org.sllmr.model.kernel.Products;
import org.sllmr.model.operation.Histories;

/**
 * The history items of one batch, for backbones that read them one by one: which row has which item, and the items'
 * embeddings. Empty for all other backbones.
 */
public final class HistoryRows {
    private final int width;
    private final Bags bags = new Bags();
    private int items;
    private int pairs;
    private int[] ids = new int[0];
    private int[] rowOf = new int[0];
    private int[] itemOf = new int[0];
    private float[] values = new float[0];

    /** For items of that many floats. */
    public HistoryRows(int width) {
        this.width = width;
    }

    void clear() {
        bags.clear();
        items = 0;
        pairs = 0;
    }

    /** Adds items; their embeddings go to {@link #values}. */
    public void addItems(int count) {
        items += count;
    }

    /** Adds the first items of an array, by number. */
    void addItems(int[] numbers, int count) {
        if (items + count > ids.length) {
            ids = Arrays.copyOf(ids, 2 * (items + count));
        }
        System.arraycopy(numbers, 0, ids, items, count);
        addItems(count);
    }

    /** The numbers of the items that were added by number. */
    int[] ids() {
        return ids;
    }

    /** Gives a row the last {@code count} items that were added. */
    public void addPairs(int row, int count) {
        if (pairs + count > rowOf.length) {
            rowOf = Arrays.copyOf(rowOf, 2 * (pairs + count));
            itemOf = Arrays.copyOf(itemOf, rowOf.length);
        }
        for (int item = items - count; item < items; item++) {
            rowOf[pairs] = row;
            itemOf[pairs++] = item;
        }
    }

    Bags bags() {
        return bags;
    }

    /** Floats of an item. */
    public int width() {
        return width;
    }

    /** Number of items; rows that share user and position share them. */
    public int items() {
        return items;
    }

    /** Number of pairs of row and item. */
    public int pairs() {
        return pairs;
    }

    /** Which rows have which items. */
    public Histories histories() {
        return new Histories(items, pairs, rowOf, itemOf, false);
    }

    /** Embeddings of the items: {@code [items, width]}, and {@link Products#SLACK} floats behind them. */
    public float[] values() {
        int size = items * width + Products.SLACK;
        if (values.length < size) {
            values = new float[Math.max(size, 2 * values.length)];
        }
        return values;
    }
}
