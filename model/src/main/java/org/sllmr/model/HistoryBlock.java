// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.sllmr.data.InteractionLog;
import org.sllmr.model.batch.SideRows;

/**
 * Users that are ranked together, and the items of their histories.
 *
 * @param from index of the first user among all
 * @param items the items of all their histories, each once, in rising order
 * @param histories for each user the places of its history's items among those, the oldest first
 */
@SuppressWarnings("ArrayRecordComponent") // shared, never changed
record HistoryBlock(int from, int[] items, int[][] histories) {
    /**
     * The block that begins with a user: as many as may be together, at least one.
     *
     * @param rows looks histories up
     */
    static HistoryBlock from(
            int from, InteractionLog log, int[] users, int[] positions, SideRows rows, HistoryBlockSizes sizes) {
        BitSet seen = new BitSet();
        int count = 0;
        List<int[]> histories = new ArrayList<>();
        for (int row = from; row < users.length && histories.size() < sizes.users(); row++) {
            int[] history = rows.historyNumbers(log, users[row], positions[row]);
            int more = (int) Arrays.stream(history)
                    .distinct()
                    .filter(item -> !seen.get(item))
                    .count();
            if (row > from && count + more > sizes.historyItems()) {
                break;
            }
            count += more;
            Arrays.stream(history).forEach(seen::set);
            histories.add(history);
        }
        int[] items = seen.stream().toArray();
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
