// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation;

/** Sorts row numbers by a long key; rows with equal keys keep their order. */
final class StableSort {
    private static final int SHORT = 24;

    private final long[] keys;
    private int[] merged = new int[0];

    /** Sorts by {@code keys[row]}. */
    StableSort(long[] keys) {
        this.keys = keys;
    }

    /** Sorts {@code rows[from, to)}. */
    void sort(int[] rows, int from, int to) {
        if (to - from <= SHORT) {
            insert(rows, from, to);
            return;
        }
        int middle = (from + to) >>> 1;
        sort(rows, from, middle);
        sort(rows, middle, to);
        // Most logs are already in order.
        if (keys[rows[middle - 1]] > keys[rows[middle]]) {
            merge(rows, from, middle, to);
        }
    }

    private void insert(int[] rows, int from, int to) {
        for (int next = from + 1; next < to; next++) {
            int row = rows[next];
            long key = keys[row];
            int at = next;
            while (at > from && keys[rows[at - 1]] > key) {
                rows[at] = rows[at - 1];
                at--;
            }
            rows[at] = row;
        }
    }

    private void merge(int[] rows, int from, int middle, int to) {
        int size = middle - from;
        if (merged.length < size) {
            merged = new int[Math.max(size, 2 * merged.length)];
        }
        System.arraycopy(rows, from, merged, 0, size);
        int left = 0;
        int right = middle;
        for (int at = from; left < size; at++) {
            if (right < to && keys[rows[right]] < keys[merged[left]]) {
                rows[at] = rows[right++];
            } else {
                rows[at] = merged[left++];
            }
        }
    }
}
