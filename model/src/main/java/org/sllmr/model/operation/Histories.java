// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

/**
 * Which rows of a batch have which history items.
 *
 * @param items number of history items
 * @param pairs number of pairs of a row and an item of its history
 * @param rowOf row of each pair, ascending
 * @param itemOf item of each pair
 * @param all whether every row has every item, in their order
 */
@SuppressWarnings("ArrayRecordComponent") // shared, never changed
public record Histories(int items, int pairs, int[] rowOf, int[] itemOf, boolean all) {
    /** No histories. */
    public static final Histories NONE = new Histories(0, 0, new int[0], new int[0], false);

    /** All items for every row. */
    public static Histories all(int rows, int items) {
        int[] rowOf = new int[Math.multiplyExact(rows, items)];
        int[] itemOf = new int[rowOf.length];
        for (int pair = 0; pair < rowOf.length; pair++) {
            rowOf[pair] = pair / items;
            itemOf[pair] = pair % items;
        }
        return new Histories(items, rowOf.length, rowOf, itemOf, true);
    }
}
