// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.sllmr.data.InteractionLog;

/**
 * Users {@code [from, to)}, who are one task's.
 *
 * <p>Of as many slices as there are tasks at once, each has nearly the same number of users; there are more where a slice
 * would be too large to be sent or to be lost with an executor.
 */
record Slices(int from, int to) {
    /** So many users have 52 MB of nearest items, if there are 100 each. */
    private static final int USERS = 65_536;

    /** Interactions and candidates of a task: it is sent in one message, of at most 128 MiB. */
    private static final int ENTRIES = 4 << 20;

    /**
     * Divides users.
     *
     * @param tasks number of tasks that run at once
     * @param candidates the first candidate of each user and, at the end, their number; all 0 if they have none yet
     */
    static List<Slices> of(InteractionLog log, IntUnaryOperator candidates, int tasks) {
        int users = log.users();
        int most = Math.min(USERS, Math.max(1, (users + tasks - 1) / tasks));
        List<Slices> slices = new ArrayList<>();
        int from = 0;
        long entries = 0;
        for (int user = 0; user < users; user++) {
            long own = (long) log.length(user) + candidates.applyAsInt(user + 1) - candidates.applyAsInt(user);
            if (user > from && (user - from == most || entries + own > ENTRIES)) {
                slices.add(new Slices(from, user));
                from = user;
                entries = 0;
            }
            entries += own;
        }
        if (from < users) {
            slices.add(new Slices(from, users));
        }
        return slices;
    }
}
