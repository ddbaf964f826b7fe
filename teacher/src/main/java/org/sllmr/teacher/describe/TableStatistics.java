// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.describe;

import java.util.Arrays;
import org.sllmr.teacher.TeacherTable;

/**
 * The distribution of a teacher's scores, and how many preferences they contain.
 *
 * <p>Guidance learns from pairs of one user's candidates with different scores (the paper's P, Section 3.2), so a table
 * of equal scores has no effect.
 *
 * @param scores number of scores
 * @param usersScored number of users with at least one score
 * @param perUser number of scores per user, over users with at least one
 * @param distribution the scores
 * @param pairs number of unordered pairs of candidates of one user, over all users
 * @param tiedPairs how many of them have equal scores, and so no preference
 * @param usersWithoutPreference number of users with scores, but without two different ones
 */
public record TableStatistics(
        int scores,
        int usersScored,
        Distribution perUser,
        Distribution distribution,
        long pairs,
        long tiedPairs,
        int usersWithoutPreference) {
    /** Computes the statistics of a table. */
    public static TableStatistics of(TeacherTable table) {
        float[] sorted = table.scores().clone();
        float[] perUser = new float[table.users()];
        int usersScored = 0;
        long pairs = 0;
        long tied = 0;
        int without = 0;
        for (int user = 0; user < table.users(); user++) {
            int size = table.to(user) - table.from(user);
            if (size > 0) {
                Arrays.sort(sorted, table.from(user), table.to(user));
                long same = tiedPairs(sorted, table.from(user), table.to(user));
                long all = (long) size * (size - 1) / 2;
                perUser[usersScored++] = size;
                pairs += all;
                tied += same;
                without += all == same ? 1 : 0;
            }
        }
        Arrays.sort(sorted);
        return new TableStatistics(
                table.size(),
                usersScored,
                Distribution.of(Arrays.copyOf(perUser, usersScored)),
                Distribution.ofSorted(sorted),
                pairs,
                tied,
                without);
    }

    private static long tiedPairs(float[] sorted, int from, int to) {
        long tied = 0;
        int start = from;
        for (int index = from + 1; index < to; index++) {
            if (sorted[index] != sorted[start]) {
                start = index;
            }
            tied += index - start;
        }
        return tied;
    }
}
