// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.sent;

import java.io.Serializable;
import java.util.Arrays;
import org.sllmr.data.InteractionLog;

/**
 * The visible interactions of some users.
 *
 * @param lengths number of interactions of each user
 * @param items the interactions' items
 * @param times the interactions' times; none if what reads them needs no times
 */
public record SentLog(int[] lengths, int[] items, long[] times) implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final long[] NO_TIMES = {};

    /** All of a log. */
    public static SentLog of(InteractionLog log) {
        long[] times = new long[log.size()];
        int next = 0;
        for (int user = 0; user < log.users(); user++) {
            for (int position = 0; position < log.length(user); position++) {
                times[next++] = log.time(user, position);
            }
        }
        SentLog items = withoutTimes(log);
        return new SentLog(items.lengths, items.items, times);
    }

    /** The items of a log, which are less than half of its bytes. */
    public static SentLog withoutTimes(InteractionLog log) {
        int[] lengths = new int[log.users()];
        int[] items = new int[log.size()];
        int next = 0;
        for (int user = 0; user < lengths.length; user++) {
            lengths[user] = log.length(user);
            log.copyItems(user, 0, lengths[user], items, next);
            next += lengths[user];
        }
        return new SentLog(lengths, items, NO_TIMES);
    }

    /** The log of these users alone. */
    public InteractionLog open() {
        int[] offsets = new int[lengths.length + 1];
        for (int user = 0; user < lengths.length; user++) {
            offsets[user + 1] = offsets[user] + lengths[user];
        }
        if (times.length == items.length) {
            return InteractionLog.of(offsets, items, times);
        }
        long[] unknown = new long[items.length];
        Arrays.fill(unknown, InteractionLog.NO_TIME);
        return InteractionLog.of(offsets, items, unknown);
    }
}
