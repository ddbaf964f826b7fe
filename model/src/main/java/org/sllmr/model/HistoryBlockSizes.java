// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import org.sllmr.model.batch.SideRows;
import org.sllmr.model.ranking.HistoryRankingNetwork;

/**
 * How many users are ranked together, so that what is kept of them stays within {@link CatalogueScoring#sharedBytes}.
 *
 * @param users most users
 * @param historyItems most different items of their histories
 * @param pairs most pairs of a history item and an item of the catalogue
 */
record HistoryBlockSizes(long users, long historyItems, long pairs) {
    /** Bytes of a user's objects beside what the network computed. */
    private static final int OBJECTS = 512;

    /** The most that arrays of this kind have, whatever the settings. */
    private static final long LARGEST = 1L << 30;

    /** Most blocks of items that history items are compared with at once; more take hardly less time. */
    private static final int BLOCKS = 4;

    /**
     * The sizes for a network.
     *
     * @param historyLength most items of a history
     * @param block items of a block of the catalogue
     */
    static HistoryBlockSizes of(
            HistoryRankingNetwork network, SideRows rows, int historyLength, int block, long sharedBytes) {
        long bytes = Math.min(LARGEST, sharedBytes);
        long user =
                OBJECTS + (long) Float.BYTES * (network.userFloats(historyLength) + rows.pairsFloats() + historyLength);
        long historyItem = (long) Float.BYTES * (sum(network.historyItemFloats()) + rows.historyWidth());
        long pair = (long) Float.BYTES * sum(network.historyPairFloats());
        return new HistoryBlockSizes(
                Math.max(1, bytes / user),
                Math.max(1, Math.min(bytes / historyItem, bytes / (pair * block))),
                Math.max(1, bytes / pair));
    }

    private static long sum(Iterable<Integer> floats) {
        long sum = 0;
        for (int of : floats) {
            sum += of;
        }
        return sum;
    }

    /**
     * With how many blocks of items that many history items are compared at once.
     *
     * @param block items of a block
     */
    int blocks(int items, int block) {
        return (int) Math.max(1, Math.min(BLOCKS, pairs / (Math.max(1L, items) * block)));
    }
}
