// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.calibration;

import java.util.Arrays;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Popularity;
import org.sllmr.data.TrainingData;
import org.sllmr.teacher.TeacherTable;

/**
 * Held-out interactions to fit on: for each held-out user the item taken, and other items to compare it with, each with
 * the teacher's score.
 *
 * @param rows user by user, the item taken first, then those it is compared with; all at the position of the item
 *     taken, so the history ends before it
 * @param scores teacher score of each row, in [0, 1]: {@code [rows]}
 * @param taken for each row, the row of the item taken that it is compared with; its own row for an item taken: {@code
 *     [rows]}
 */
public record Comparisons(Instances rows, float[] scores, int[] taken) {
    /**
     * The comparisons of a table's held-out users, in the order of users and items.
     *
     * <p>A user whose item taken has no score is left out.
     */
    public static Comparisons of(TrainingData data, TeacherTable teacher) {
        InteractionLog log = data.log();
        boolean[] heldOut = teacher.heldOut();
        Builder builder = new Builder(teacher);
        for (int user = 0; user < heldOut.length; user++) {
            int last = log.length(user) - 1;
            if (heldOut[user] && last >= 1) {
                int itemTaken = teacher.indexOf(user, log.item(user, last));
                if (itemTaken >= 0) {
                    builder.add(user, last, itemTaken);
                }
            }
        }
        return builder.build();
    }

    /** Number of comparisons: rows other than those of items taken. */
    public int size() {
        int size = 0;
        for (int row = 0; row < taken.length; row++) {
            size += taken[row] == row ? 0 : 1;
        }
        return size;
    }

    /**
     * log(1 + training positives) of each item, counted without the held-out interactions: with them, an item taken
     * would always have a count of at least 1, which would give it away among rare items.
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

        /** Adds the rows of a user who took the item at index {@code itemTaken} of the table. */
        void add(int user, int position, int itemTaken) {
            int first = size;
            add(user, position, itemTaken, first);
            for (int index = teacher.from(user); index < teacher.to(user); index++) {
                if (index != itemTaken) {
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
