// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.plan;

import java.util.Objects;
import org.sllmr.data.InteractionLog;

/**
 * The histories of a plan's users that a teacher may see: training interactions, without the last one of a held-out
 * user.
 *
 * <p>Only {@link CandidatePlan#histories} creates them, and all code that asks a teacher takes them instead of a log.
 * So a teacher cannot see the item on which it is evaluated.
 */
public final class PlanHistories {
    private final CandidatePlan plan;
    private final InteractionLog log;
    private final boolean[] heldOut;

    PlanHistories(CandidatePlan plan, InteractionLog log) {
        if (plan.users() != log.users()) {
            throw new IllegalArgumentException("the plan has " + plan.users() + " users, the log " + log.users());
        }
        this.plan = plan;
        this.log = log;
        this.heldOut = new boolean[plan.users()];
        for (int user = 0; user < heldOut.length; user++) {
            heldOut[user] = plan.heldOut(user);
        }
    }

    /** The plan of these users. */
    public CandidatePlan plan() {
        return plan;
    }

    /** Number of a user's visible interactions. */
    public int length(int user) {
        return Math.max(0, log.length(user) - (heldOut[user] ? 1 : 0));
    }

    /** Item index at a position of a user, 0 to {@link #length} exclusive. */
    public int item(int user, int position) {
        return log.item(user, Objects.checkIndex(position, length(user)));
    }

    /** Seconds since 1970 at a position of a user, or {@link InteractionLog#NO_TIME}. */
    public long time(int user, int position) {
        return log.time(user, Objects.checkIndex(position, length(user)));
    }

    /** Copies the items at positions {@code [from, to)} of a user to {@code target[at...]}. */
    public void copyItems(int user, int from, int to, int[] target, int at) {
        Objects.checkFromToIndex(from, to, length(user));
        log.copyItems(user, from, to, target, at);
    }
}
