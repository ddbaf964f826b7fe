// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.sllmr.data.Column;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.NumberColumn;
import org.sllmr.data.Vocabulary;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.preparation.read.RawLog;

/** The rows of consecutive users of a dataset, from which their part of it is made. */
final class UserRows {
    private static final int USERS_AT_ONCE = 1024;
    private static final int ROWS_AT_ONCE = 1 << 16;

    private final RawLog log;
    private final int[] rows;
    private final int[] userOf;
    private final Vocabulary userIds;
    private final int firstUser;
    private final IntUnaryOperator itemOf;
    private final int items;

    /** The first row of each user in the new order and, at the end, their number. */
    private final int[] offsets;

    /**
     * Rows of users.
     *
     * @param log has the rows
     * @param rows the rows that are kept, in the order of the source
     * @param userOf number of each user of the log, from 0 on
     * @param userIds ids by that number
     * @param firstUser number in the dataset of the first of them
     * @param itemOf number in the dataset of each item of the log
     * @param items number of items of the dataset
     */
    UserRows(
            RawLog log,
            int[] rows,
            int[] userOf,
            Vocabulary userIds,
            int firstUser,
            IntUnaryOperator itemOf,
            int items) {
        this.log = log;
        this.rows = rows;
        this.userOf = userOf;
        this.userIds = userIds;
        this.firstUser = firstUser;
        this.itemOf = itemOf;
        this.items = items;
        this.offsets = countOffsets();
    }

    RawLog log() {
        return log;
    }

    Vocabulary userIds() {
        return userIds;
    }

    int firstUser() {
        return firstUser;
    }

    /** Number of items of the dataset. */
    int items() {
        return items;
    }

    /** The first row of each user in the new order and, at the end, their number. */
    int[] offsets() {
        return offsets;
    }

    /** Number in the dataset of the item of a row. */
    int item(int row) {
        return itemOf.applyAsInt(log.items()[row]);
    }

    /** The kept rows, sorted by user and within a user by position or time; ties stay in the order of the source. */
    int[] sorted(Blocks blocks) throws InterruptedException {
        return sorted(log.positions().length > 0 ? log.positions() : log.times(), new byte[0], blocks);
    }

    /**
     * The kept rows, sorted by user and within a user by keys; ties stay in the order of the source.
     *
     * @param keys one of each raw row
     * @param parts of each raw row, sorted by before the keys; empty for none
     */
    int[] sorted(long[] keys, byte[] parts, Blocks blocks) throws InterruptedException {
        int[] sorted = new int[rows.length];
        int[] next = offsets.clone();
        for (int row : rows) {
            sorted[next[userOf[log.users()[row]]]++] = row;
        }
        List<long[]> leastFirst = new ArrayList<>(List.of(keys));
        if (parts.length > 0) {
            long[] wide = new long[parts.length];
            Arrays.setAll(wide, row -> parts[row]);
            leastFirst.add(wide);
        }
        blocks.run(userIds.size(), USERS_AT_ONCE, (from, to) -> {
            for (long[] column : leastFirst) {
                StableSort sort = new StableSort(column);
                for (int user = from; user < to; user++) {
                    sort.sort(sorted, offsets[user], offsets[user + 1]);
                }
            }
        });
        return sorted;
    }

    InteractionLog interactions(int[] sorted, Blocks blocks) throws InterruptedException {
        int[] taken = new int[sorted.length];
        long[] times = new long[sorted.length];
        blocks.run(sorted.length, ROWS_AT_ONCE, (from, to) -> {
            for (int at = from; at < to; at++) {
                taken[at] = item(sorted[at]);
                times[at] = log.times()[sorted[at]];
            }
        });
        return InteractionLog.of(offsets, taken, times);
    }

    List<Column> contextFields(int[] sorted) {
        List<Column> selected = new ArrayList<>();
        for (Column field : log.contextFields()) {
            Column column = Selection.of(field, sorted);
            selected.add(selected.isEmpty() ? column : column.sharingOffsets(selected.get(0)));
        }
        return selected;
    }

    List<NumberColumn> contextNumbers(int[] sorted) {
        return log.contextNumbers().stream()
                .map(number -> Selection.of(number, sorted))
                .toList();
    }

    private int[] countOffsets() {
        int[] counted = new int[userIds.size() + 1];
        for (int row : rows) {
            counted[userOf[log.users()[row]] + 1]++;
        }
        for (int user = 0; user < userIds.size(); user++) {
            counted[user + 1] += counted[user];
        }
        return counted;
    }
}
