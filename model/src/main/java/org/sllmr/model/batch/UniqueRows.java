// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.batch;

import java.util.Arrays;

/** The distinct embedding rows of a batch, numbered in the order in which the batch first names them. */
public final class UniqueRows {
    private final int[] stamps;
    private final int[] slotOfRow;
    private int[] rows = new int[1024];
    private int count;
    private int stamp;

    /** For tables with that many rows in all. */
    public UniqueRows(int tableRows) {
        this.stamps = new int[tableRows];
        this.slotOfRow = new int[tableRows];
    }

    /** Starts a new batch. */
    void clear() {
        count = 0;
        if (++stamp == 0) {
            Arrays.fill(stamps, 0);
            stamp = 1;
        }
    }

    /** Numbers the rows of all entries and writes the numbers to the bags' slots. */
    void number(Bags bags) {
        int[] entryRows = bags.rows();
        int[] slots = bags.slots();
        for (int e = 0; e < bags.entries(); e++) {
            int row = entryRows[e];
            if (stamps[row] != stamp) {
                stamps[row] = stamp;
                slotOfRow[row] = count;
                if (count == rows.length) {
                    rows = Arrays.copyOf(rows, 2 * count);
                }
                rows[count++] = row;
            }
            slots[e] = slotOfRow[row];
        }
    }

    /** Whether the batch touches a row. */
    public boolean contains(int row) {
        return stamp != 0 && stamps[row] == stamp;
    }

    /** Number of distinct rows. */
    public int count() {
        return count;
    }

    /** The distinct rows, {@link #count()} of them. */
    public int[] rows() {
        return rows;
    }
}
