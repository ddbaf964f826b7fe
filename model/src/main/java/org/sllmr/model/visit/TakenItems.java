// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.visit;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.sllmr.data.InteractionLog;

/**
 * The different items among users' last training interactions: the edges that walks go over.
 *
 * @param offsets first item of each user and, at the end, their number: {@code [users + 1]}
 * @param items the items of each user, rising
 * @param users how many users have each item among them: {@code [items of the catalogue]}
 */
@SuppressWarnings("ArrayRecordComponent") // not changed after construction
record TakenItems(int[] offsets, int[] items, int[] users) {
    /**
     * Those of a log.
     *
     * @param longest how many of a user's last interactions count
     * @param chosen whose interactions count
     */
    static TakenItems of(InteractionLog log, int itemCount, int longest, IntPredicate chosen) {
        int[] offsets = new int[log.users() + 1];
        int[] items = new int[log.size()];
        int[] users = new int[itemCount];
        for (int user = 0; user < log.users(); user++) {
            int from = offsets[user];
            int length = log.length(user);
            int count = chosen.test(user) ? Math.min(length, longest) : 0;
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
        return new TakenItems(offsets, Arrays.copyOf(items, offsets[log.users()]), users);
    }
}
