// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Users that are ranked together, and the items of their histories.
 *
 * @param from index of the first user among all
 * @param items the items of all their histories, each once, in rising order
 * @param histories for each user the places of its history's items among those, the oldest first
 */
@SuppressWarnings("ArrayRecordComponent") // shared, never changed
record HistoryBlock(int from, int[] items, int[][] histories) {
    /** Finds histories. */
    @FunctionalInterface
    interface Lookup {
        int[] of(int user, int position);
    }

    /**
     * The block that begins with a user: as many as may be together, at least one.
     *
     * @param from index of the first user among all
     * @param lookup gives the items of a user's history before a position, the oldest first
     */
    static HistoryBlock from(int from, int[] users, int[] positions, Lookup lookup, HistoryBlockSizes sizes) {
        Set<Integer> seen = new HashSet<>();
        List<int[]> histories = new ArrayList<>();
        for (int row = from; row < users.length && histories.size() < sizes.users(); row++) {
            int[] history = lookup.of(users[row], positions[row]);
            Set<Integer> more = new HashSet<>();
            Arrays.stream(history).filter(item -> !seen.contains(item)).forEach(more::add);
            if (row > from && seen.size() + more.size() > sizes.historyItems()) {
                break;
            }
            seen.addAll(more);
            histories.add(history);
        }
        int[] items = seen.stream().mapToInt(Integer::intValue).sorted().toArray();
        int[][] places = histories.stream()
                .map(history -> Arrays.stream(history)
                        .map(item -> Arrays.binarySearch(items, item))
                        .toArray())
                .toArray(int[][]::new);
        return new HistoryBlock(from, items, places);
    }

    /** Number of users. */
    int users() {
        return histories.length;
    }
}
