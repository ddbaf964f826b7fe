// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.scoring;

import java.io.Serializable;
import org.sllmr.spark.sent.SentLog;
import org.sllmr.teacher.plan.PlanUsers;

/** Users to plan for, as they are sent to a task; see {@link PlanUsers}. */
record SentUsers(int first, SentLog log, boolean[] heldOut, int[] tailOffsets, int[] tailItems, int[][] shown)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    static SentUsers of(PlanUsers users) {
        return new SentUsers(
                users.first(),
                SentLog.withoutTimes(users.log()),
                users.heldOut(),
                users.tail().offsets(),
                users.tail().items(),
                users.shown());
    }

    PlanUsers open() {
        return new PlanUsers(first, log.open(), heldOut, new PlanUsers.Assigned(tailOffsets, tailItems), shown);
    }
}
