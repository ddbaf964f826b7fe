// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import java.util.Arrays;

/** The items that a user did not interact with, by rank: what negatives are drawn from. */
public final class UntouchedItems {
    /** The user's items, each once, rising. */
    private final int[] touched;

    private final int items;

    private UntouchedItems(int[] touched, int items) {
        this.touched = touched;
        this.items = items;
    }

    /**
     * Those of one user.
     *
     * @param log the interactions that count
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

    /** How many there are; 0 if the user interacted with every item. */
    public int count() {
        return items - touched.length;
    }

    /**
     * The one of a rank: a draw is never rejected, however much a user has touched.
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
