// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import java.util.Arrays;

/** The items that a user did not interact with, from which negatives are drawn. */
public final class UntouchedItems {
    /** The user's items, each once, rising. */
    private final int[] touched;

    private final int items;

    private UntouchedItems(int[] touched, int items) {
        this.touched = touched;
        this.items = items;
    }

    /**
     * The untouched items of a user.
     *
     * @param log the user's interactions
     * @param items number of items of the catalogue
     */
    public static UntouchedItems of(InteractionLog log, int user, int items) {
        int length = log.length(user);
        int[] sorted = new int[length];
        log.copyItems(user, 0, length, sorted, 0);
        Arrays.sort(sorted);
        int distinct = 0;
        for (int at = 0; at < length; at++) {
            if (at == 0 || sorted[at] != sorted[at - 1]) {
                sorted[distinct++] = sorted[at];
            }
        }
        return new UntouchedItems(Arrays.copyOf(sorted, distinct), items);
    }

    /** Number of untouched items; 0 if the user interacted with every item. */
    public int count() {
        return items - touched.length;
    }

    /**
     * The untouched item at a rank in index order: so no draw has to be rejected, however many items a user touched.
     *
     * @param rank 0 to {@link #count()} - 1
     */
    public int item(int rank) {
        int low = 0;
        int high = touched.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (touched[middle] - middle <= rank) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return rank + low;
    }
}
