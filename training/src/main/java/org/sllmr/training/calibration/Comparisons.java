// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.calibration;

import java.util.Arrays;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.TrainingData;
import org.sllmr.teacher.TeacherTable;

/**
 * What is known of held-out users: the item they took next, and items they could have taken instead, each with the
 * teacher's score.
 *
 * @param rows first the item taken, then those it is compared with, user by user; their history ends before the item
 *     taken
 * @param scores teacher score of each row
 * @param taken row of the item taken that each row is compared with; itself for an item taken: {@code [rows]}
 */
public record Comparisons(Instances rows, float[] scores, int[] taken) {
    /** Those of the users that a table holds out. */
    public static Comparisons of(TrainingData data, TeacherTable teacher) {
        InteractionLog log = data.log();
        boolean[] heldOut = teacher.heldOut(log);
        int[] users = new int[teacher.size()];
        int[] items = new int[teacher.size()];
        int[] positions = new int[teacher.size()];
        float[] scores = new float[teacher.size()];
        int[] taken = new int[teacher.size()];
        int row = 0;
        for (int user = 0; user < heldOut.length; user++) {
            if (!heldOut[user]) {
                continue;
            }
            int last = log.length(user) - 1;
            int truth = teacher.indexOf(user, log.item(user, last));
            int first = row;
            for (int index = teacher.from(user) - 1; index < teacher.to(user); index++) {
                // The item taken goes first, in place of the index before the user's own.
                if (index == truth) {
                    continue;
                }
                int scored = index < teacher.from(user) ? truth : index;
                users[row] = user;
                items[row] = teacher.items()[scored];
                positions[row] = last;
                scores[row] = teacher.scores()[scored];
                taken[row++] = first;
            }
        }
        return new Comparisons(
                new Instances(Arrays.copyOf(users, row), Arrays.copyOf(items, row), Arrays.copyOf(positions, row)),
                Arrays.copyOf(scores, row),
                Arrays.copyOf(taken, row));
    }

    /** Number of comparisons: of rows that are not the item taken. */
    public int size() {
        int size = 0;
        for (int row = 0; row < taken.length; row++) {
            size += taken[row] == row ? 0 : 1;
        }
        return size;
    }
}
