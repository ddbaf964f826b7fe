// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.workload;

import java.util.random.RandomGenerator;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.teacher.TeacherTable;

/** Random scores in the shape of a real teacher table; the cost of guidance depends only on the number of scores. */
final class RandomTeacher {
    /** About the number of candidates for each user in the default plan. */
    private static final int SCORES_PER_USER = 40;

    private RandomTeacher() {}

    static TeacherTable of(TrainingData data, Seed seed) {
        int users = data.log().users();
        int catalogue = data.catalogue().size();
        int perUser = Math.min(SCORES_PER_USER, catalogue);
        int[] offsets = new int[users + 1];
        int[] items = new int[users * perUser];
        float[] scores = new float[users * perUser];
        RandomGenerator random = seed.generator();
        for (int user = 0; user < users; user++) {
            int from = user * perUser;
            // One item from each of perUser equal parts of the catalogue: distinct and ascending, as a table needs
            // them.
            for (int i = 0; i < perUser; i++) {
                int low = (int) ((long) catalogue * i / perUser);
                int high = (int) ((long) catalogue * (i + 1) / perUser);
                items[from + i] = random.nextInt(low, high);
                scores[from + i] = random.nextFloat();
            }
            offsets[user + 1] = from + perUser;
        }
        return new TeacherTable(offsets, items, scores);
    }
}
