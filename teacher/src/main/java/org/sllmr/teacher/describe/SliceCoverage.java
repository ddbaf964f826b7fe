// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.describe;

import java.util.List;
import org.sllmr.data.ColdUsers;
import org.sllmr.data.Popularity;
import org.sllmr.data.TrainingData;
import org.sllmr.teacher.TeacherTable;

/**
 * The scores of a teacher table for a part of the users or items.
 *
 * @param slice the part: {@code cold users}, {@code other users}, {@code long-tail items} or {@code other items}
 * @param members number of its users or items
 * @param scored number of them with at least one score
 * @param scores number of their scores
 * @param meanScore mean of these scores, 0 if there are none
 */
public record SliceCoverage(String slice, int members, int scored, int scores, double meanScore) {
    /** The coverage of cold and other users, long-tail and other items. */
    public static List<SliceCoverage> of(TeacherTable table, TrainingData data) {
        Counts users = new Counts(ColdUsers.of(data));
        Counts items = new Counts(Popularity.of(data).longTail());
        for (int user = 0; user < table.users(); user++) {
            for (int index = table.from(user); index < table.to(user); index++) {
                users.add(user, table.scores()[index]);
                items.add(table.items()[index], table.scores()[index]);
            }
        }
        return List.of(
                users.coverage("cold users", true),
                users.coverage("other users", false),
                items.coverage("long-tail items", true),
                items.coverage("other items", false));
    }

    private static final class Counts {
        private final boolean[] marked;
        private final int[] scores;
        private final double[] sums;

        Counts(boolean[] marked) {
            this.marked = marked;
            this.scores = new int[marked.length];
            this.sums = new double[marked.length];
        }

        void add(int member, float score) {
            scores[member]++;
            sums[member] += score;
        }

        SliceCoverage coverage(String slice, boolean mark) {
            int members = 0;
            int scored = 0;
            int count = 0;
            double sum = 0;
            for (int member = 0; member < marked.length; member++) {
                if (marked[member] == mark) {
                    members++;
                    scored += scores[member] > 0 ? 1 : 0;
                    count += scores[member];
                    sum += sums[member];
                }
            }
            return new SliceCoverage(slice, members, scored, count, count == 0 ? 0 : sum / count);
        }
    }
}
