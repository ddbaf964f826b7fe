// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.visit;

import java.util.Arrays;
import org.sllmr.data.InteractionLog;

/**
 * The different items among each user's last training interactions: the edges that walks go over.
 *
 * @param log the training interactions
 * @param offsets first item of each user and, at the end, their number: {@code [users + 1]}
 * @param items the items of each user, rising
 * @param users how many users have each item among them: {@code [items of the catalogue]}
 */
@SuppressWarnings("ArrayRecordComponent") // not changed after construction
record TakenItems(InteractionLog log, int[] offsets, int[] items, int[] users) {
    /**
     * Those of a log.
     *
     * @param longest how many of a user's last interactions count
     */
    static TakenItems of(InteractionLog log, int itemCount, int longest) {
        int[] offsets = new int[log.users() + 1];
        int[] items = new int[log.size()];
        int[] users = new int[itemCount];
        for (int user = 0; user < log.users(); user++) {
            int from = offsets[user];
            int length = log.length(user);
            int count = Math.min(length, longest);
            log.copyItems(user, length - count, length, items, from);
            Arrays.sort(items, from, from + count);
            int to = from;
            for (int at = from; at < from + count; at++) {
                if (to == from || items[to - 1] != items[at]) {
                    items[to++] = items[at];
                }
            }
            for (int at = from; at < to; at++) {
                users[items[at]]++;
            }
            offsets[user + 1] = to;
        }
        return new TakenItems(log, offsets, Arrays.copyOf(items, offsets[log.users()]), users);
    }

    /** Whether a user at a position has training interactions to come, so that what the user takes next may be an edge. */
    boolean trains(int user, int position) {
        return user >= 0 && user < log.users() && position < log.length(user);
    }

    boolean has(int user, int item) {
        return Arrays.binarySearch(items, offsets[user], offsets[user + 1], item) >= 0;
    }

    /** The probability that a step from an item goes over a user and on to a given one of that user's items. */
    float share(int user, int item) {
        return (float) (1.0 / (offsets[user + 1] - offsets[user]) / users[item]);
    }
}
