// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.calibration;

import java.util.Arrays;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Popularity;
import org.sllmr.data.TrainingData;
import org.sllmr.teacher.TeacherTable;

/**
 * What is known of held-out users: the item they took next, and items they could have taken instead, each with the
 * teacher's score.
 *
 * @param rows first the item taken, then those it is compared with, user by user; their position is that of the item
 *     taken, so their history ends before it
 * @param scores teacher score of each row, in [0, 1]: {@code [rows]}
 * @param taken row of the item taken that each row is compared with; itself for an item taken: {@code [rows]}
 */
public record Comparisons(Instances rows, float[] scores, int[] taken) {
    /**
     * Those of the users that a table holds out, in the order of users and items.
     *
     * <p>A user without a score of the item taken is in none of them: there is nothing to hold against it.
     */
    public static Comparisons of(TrainingData data, TeacherTable teacher) {
        InteractionLog log = data.log();
        boolean[] heldOut = teacher.heldOut();
        Builder builder = new Builder(teacher);
        for (int user = 0; user < heldOut.length; user++) {
            int last = log.length(user) - 1;
            if (heldOut[user] && last >= 1) {
                int truth = teacher.indexOf(user, log.item(user, last));
                if (truth >= 0) {
                    builder.add(user, last, truth);
                }
            }
        }
        return builder.build();
    }

    /** Number of comparisons: of rows that are not the item taken. */
    public int size() {
        int size = 0;
        for (int row = 0; row < taken.length; row++) {
            size += taken[row] == row ? 0 : 1;
        }
        return size;
    }

    /**
     * log(1 + training positives) of each item, counted without the interactions compared: otherwise the item taken would
     * always have been taken at least once, which tells it from rare items that were not.
     */
    double[] logPopularity(TrainingData data) {
        int[] positives = Popularity.of(data).positives();
        for (int row = 0; row < taken.length; row++) {
            if (taken[row] == row) {
                positives[rows.items()[row]]--;
            }
        }
        double[] logarithms = new double[positives.length];
        for (int item = 0; item < positives.length; item++) {
            logarithms[item] = StrictMath.log1p(positives[item]);
        }
        return logarithms;
    }

    private static final class Builder {
        private final TeacherTable teacher;
        private final int[] users;
        private final int[] items;
        private final int[] positions;
        private final float[] scores;
        private final int[] taken;
        private int size;

        Builder(TeacherTable teacher) {
            this.teacher = teacher;
            this.users = new int[teacher.size()];
            this.items = new int[teacher.size()];
            this.positions = new int[teacher.size()];
            this.scores = new float[teacher.size()];
            this.taken = new int[teacher.size()];
        }

        /** The rows of a user who took the item at index {@code truth} of the table. */
        void add(int user, int position, int truth) {
            int first = size;
            add(user, position, truth, first);
            for (int index = teacher.from(user); index < teacher.to(user); index++) {
                if (index != truth) {
                    add(user, position, index, first);
                }
            }
        }

        private void add(int user, int position, int index, int comparedWith) {
            users[size] = user;
            items[size] = teacher.items()[index];
            positions[size] = position;
            scores[size] = teacher.scores()[index];
            taken[size++] = comparedWith;
        }

        Comparisons build() {
            return new Comparisons(
                    new Instances(
                            Arrays.copyOf(users, size), Arrays.copyOf(items, size), Arrays.copyOf(positions, size)),
                    Arrays.copyOf(scores, size),
                    Arrays.copyOf(taken, size));
        }
    }
}
