// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.sllmr.data.InteractionLog;

/**
 * Users {@code [from, to)}, who are one task's.
 *
 * @param from the first
 * @param to the one after the last
 */
record UserSlice(int from, int to) {
    /** So many users have 52 MB of nearest items, if there are 100 each. */
    private static final int USERS = 65_536;

    /** Interactions and candidates of a task: it is sent in one message, of at most 128 MiB. */
    private static final int ENTRIES = 4 << 20;

    /**
     * Divides users. Each slice has nearly the same number of them; there are more slices than tasks at once where one would
     * be too large to be sent.
     *
     * @param tasks number of tasks that run at once
     * @param candidates the first candidate of each user and, at the end, their number; all 0 if they have none yet
     */
    static List<UserSlice> of(InteractionLog log, IntUnaryOperator candidates, int tasks) {
        int users = log.users();
        int most = Math.min(USERS, Math.max(1, (users + tasks - 1) / tasks));
        List<UserSlice> slices = new ArrayList<>();
        int from = 0;
        long entries = 0;
        for (int user = 0; user < users; user++) {
            long own = (long) log.length(user) + candidates.applyAsInt(user + 1) - candidates.applyAsInt(user);
            if (user > from && (user - from == most || entries + own > ENTRIES)) {
                slices.add(new UserSlice(from, user));
                from = user;
                entries = 0;
            }
            entries += own;
        }
        if (from < users) {
            slices.add(new UserSlice(from, users));
        }
        return slices;
    }
}
