// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.supervision;

import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.teacher.TeacherTable;

/**
 * The users of a batch with enough teacher scores, each once, in the order of the batch.
 *
 * <p>The batch is shuffled, so this order, which settles ties, favours nobody. Reused from step to step; not
 * thread-safe.
 */
final class ScoredUsers {
    private final TeacherTable teacher;
    private final boolean[] heldOut;
    private final int minScores;
    private final int[] lastSeen;
    private int step;
    private int[] users = new int[0];

    /**
     * Users with at least {@code minScores} scores who are not held out: a held-out user's scores are for an earlier
     * position.
     */
    ScoredUsers(InteractionLog log, TeacherTable teacher, int minScores) {
        this.teacher = teacher;
        this.heldOut = teacher.heldOut();
        this.minScores = minScores;
        this.lastSeen = new int[teacher.users()];
    }

    /** Collects the users of a batch; returns their number. */
    int collect(Instances samples) {
        if (users.length < samples.size()) {
            users = new int[samples.size()];
        }
        step++;
        int count = 0;
        for (int user : samples.users()) {
            if (lastSeen[user] != step
                    && !heldOut[user]
                    && teacher.offsets()[user + 1] - teacher.offsets()[user] >= minScores) {
                users[count++] = user;
            }
            lastSeen[user] = step;
        }
        return count;
    }

    int user(int index) {
        return users[index];
    }
}
