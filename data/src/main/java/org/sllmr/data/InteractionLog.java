// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

/**
 * All interactions, sorted by user and within a user by time; each user's history is stored once.
 *
 * <p>A position is 0-based within its user. A log may withhold the last interactions of users: it then shares the
 * columns of the full log and behaves as if they did not exist. That keeps test interactions out of training.
 */
public final class InteractionLog {
    /** Marks an interaction without a time. */
    public static final long NO_TIME = Long.MIN_VALUE;

    private final int[] offsets;
    private final int[] items;
    private final long[] times;
    /** The visible interactions of each user. */
    private final int[] lengths;

    /** The row of the context columns of each interaction, or -1; empty if it has the interaction's index. */
    private final int[] contexts;

    private InteractionLog(int[] offsets, int[] items, long[] times, int[] lengths, int[] contexts) {
        this.offsets = offsets;
        this.items = items;
        this.times = times;
        this.lengths = lengths;
        this.contexts = contexts;
    }

    /**
     * Wraps columns without copying them.
     *
     * @param offsets the first index of each user and, at the end, the number of interactions: {@code [users + 1]},
     *     rising
     * @param items item index of each interaction: {@code [interactions]}
     * @param times seconds since 1970 of each interaction, or {@link #NO_TIME}: {@code [interactions]}
     */
    public static InteractionLog of(int[] offsets, int[] items, long[] times) {
        if (offsets.length == 0 || offsets[0] != 0 || offsets[offsets.length - 1] != items.length) {
            throw new IllegalArgumentException("offsets do not span the " + items.length + " interactions");
        }
        if (times.length != items.length) {
            throw new IllegalArgumentException(times.length + " times for " + items.length + " interactions");
        }
        int[] lengths = new int[offsets.length - 1];
        for (int user = 1; user < offsets.length; user++) {
            lengths[user - 1] = offsets[user] - offsets[user - 1];
            if (lengths[user - 1] < 0) {
                throw new IllegalArgumentException("offsets fall at user " + user);
            }
        }
        return new InteractionLog(offsets, items, times, lengths, new int[0]);
    }

    /**
     * The same log with context columns that are not aligned with it.
     *
     * @param rows the row of the context columns of each interaction, or -1: {@code [interactions]}
     */
    public InteractionLog withContexts(int[] rows) {
        if (rows.length != items.length) {
            throw new IllegalArgumentException(rows.length + " contexts for " + items.length + " interactions");
        }
        return new InteractionLog(offsets, items, times, lengths, rows);
    }

    /** The same log without the last {@code count} interactions of every user; shares this log's columns. */
    public InteractionLog withholdLast(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("cannot withhold " + count + " interactions");
        }
        int[] kept = new int[users()];
        for (int user = 0; user < kept.length; user++) {
            kept[user] = Math.max(0, lengths[user] - count);
        }
        return new InteractionLog(offsets, items, times, kept, contexts);
    }

    /**
     * The same log with the first interactions of every user only; shares this log's columns.
     *
     * @param kept how many interactions of each user stay visible, no more than are: {@code [users]}
     */
    public InteractionLog keepFirst(int[] kept) {
        if (kept.length != users()) {
            throw new IllegalArgumentException(kept.length + " lengths for " + users() + " users");
        }
        for (int user = 0; user < kept.length; user++) {
            if (kept[user] < 0 || kept[user] > lengths[user]) {
                throw outside(user, Integer.toString(kept[user]));
            }
        }
        return new InteractionLog(offsets, items, times, kept.clone(), contexts);
    }

    /** The visible interactions of the users {@code [from, to)}, whose first becomes user 0; a copy without contexts. */
    public InteractionLog slice(int from, int to) {
        int[] starts = new int[to - from + 1];
        for (int user = from; user < to; user++) {
            starts[user - from + 1] = starts[user - from] + length(user);
        }
        int[] itemsThere = new int[starts[to - from]];
        long[] timesThere = new long[itemsThere.length];
        for (int user = from; user < to; user++) {
            int at = starts[user - from];
            System.arraycopy(items, offsets[user], itemsThere, at, length(user));
            System.arraycopy(times, offsets[user], timesThere, at, length(user));
        }
        return of(starts, itemsThere, timesThere);
    }

    /** Number of users. */
    public int users() {
        return offsets.length - 1;
    }

    /** Number of visible interactions. */
    public int size() {
        int size = 0;
        for (int user = 0; user < users(); user++) {
            size += length(user);
        }
        return size;
    }

    /** Number of visible interactions of a user. */
    public int length(int user) {
        return lengths[user];
    }

    /**
     * Item index at a position of a user.
     *
     * @throws IndexOutOfBoundsException if the user has no visible interaction at that position
     */
    public int item(int user, int position) {
        return items[index(user, position)];
    }

    /** Seconds since 1970 at a position of a user, or {@link #NO_TIME}. */
    public long time(int user, int position) {
        return times[index(user, position)];
    }

    /** Copies the items at positions {@code [from, to)} of a user to {@code target[at...]}. */
    public void copyItems(int user, int from, int to, int[] target, int at) {
        if (from < 0 || from > to || to > length(user)) {
            throw outside(user, from + " to " + to);
        }
        System.arraycopy(items, offsets[user] + from, target, at, to - from);
    }

    /** Index of a position of a user in columns that are aligned with the full log. */
    public int index(int user, int position) {
        if (position < 0 || position >= length(user)) {
            throw outside(user, Integer.toString(position));
        }
        return offsets[user] + position;
    }

    /**
     * Row of the context columns of a (user, position) row, or -1 if it has none.
     *
     * <p>The position after the last visible interaction is allowed too: when the next interaction is predicted, its
     * context (device, hour) is known, though its item is not.
     */
    public int contextIndex(int user, int position) {
        boolean exists = position >= 0 && position <= length(user) && offsets[user] + position < offsets[user + 1];
        if (!exists) {
            return -1;
        }
        int index = offsets[user] + position;
        return contexts.length == 0 ? index : contexts[index];
    }

    private IndexOutOfBoundsException outside(int user, String asked) {
        return new IndexOutOfBoundsException(
                "user " + user + " has " + length(user) + " interactions here, asked for " + asked);
    }
}
