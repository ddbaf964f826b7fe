// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.plan;

import java.util.Arrays;
import org.sllmr.data.InteractionLog;

/**
 * Users who follow each other, with all that their candidates depend on besides {@link PlanSources}. A plan of all users
 * is the plans of such slices, one after the other.
 *
 * @param first index of the first user in the dataset
 * @param log the users' training interactions; its user 0 is the first
 * @param heldOut whether each user's last training interaction is held out: {@code [users]}
 * @param tail the long-tail items drawn for each user
 * @param shown where rows have labels, what each held-out interaction is compared with, and nothing for other users:
 *     {@code [users][]}; empty where negatives are drawn
 */
public record PlanUsers(int first, InteractionLog log, boolean[] heldOut, Assigned tail, int[][] shown) {
    /**
     * Items that belong to users.
     *
     * @param offsets first index of each user and, at the end, the number of items: {@code [users + 1]}, rising
     * @param items the items
     */
    public record Assigned(int[] offsets, int[] items) {
        private Assigned slice(int from, int to) {
            int[] own = Arrays.copyOfRange(offsets, from, to + 1);
            for (int user = 0; user < own.length; user++) {
                own[user] -= offsets[from];
            }
            return new Assigned(own, Arrays.copyOfRange(items, offsets[from], offsets[to]));
        }
    }

    /** Number of users. */
    public int users() {
        return log.users();
    }

    /** The users {@code [from, to)} of these. */
    public PlanUsers slice(int from, int to) {
        return new PlanUsers(
                first + from,
                log.slice(from, to),
                Arrays.copyOfRange(heldOut, from, to),
                tail.slice(from, to),
                shown.length == 0 ? shown : Arrays.copyOfRange(shown, from, to));
    }
}
