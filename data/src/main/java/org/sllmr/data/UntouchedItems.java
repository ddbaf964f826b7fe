// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import java.util.Arrays;

/** The items that a user did not interact with, from which negatives are drawn. */
public final class UntouchedItems {
    /** The user's items, each once, rising. */
    private final int[] touched;

    private final int items;

    /** The items that count, rising; empty for all of the catalogue. */
    private final int[] among;

    private UntouchedItems(int[] touched, int items, int[] among) {
        this.touched = touched;
        this.items = items;
        this.among = among;
    }

    /**
     * The untouched items of a user.
     *
     * @param log the user's interactions
     * @param items number of items of the catalogue
     */
    public static UntouchedItems of(InteractionLog log, int user, int items) {
        return new UntouchedItems(touched(log, user), items, new int[0]);
    }

    /**
     * The untouched items of a user among some items.
     *
     * @param log the user's interactions, all with such items
     * @param among the items that count, rising, at least one
     */
    public static UntouchedItems of(InteractionLog log, int user, int[] among) {
        int[] touched = touched(log, user);
        for (int at = 0; at < touched.length; at++) {
            int place = Arrays.binarySearch(among, touched[at]);
            if (place < 0) {
                throw new IllegalArgumentException(
                        "user " + user + " took item " + touched[at] + ", which is not among those");
            }
            touched[at] = place;
        }
        return new UntouchedItems(touched, among.length, among);
    }

    /** The user's items, each once, rising. */
    private static int[] touched(InteractionLog log, int user) {
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
        return Arrays.copyOf(sorted, distinct);
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
        return among.length == 0 ? rank + low : among[rank + low];
    }
}
