// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.workload;

import java.util.random.RandomGenerator;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.teacher.TeacherTable;

/**
 * Random scores in the shape of a real teacher table: what guidance costs depends on how many scores a user has, not on
 * what they say.
 */
final class RandomTeacher {
    /** About what the default candidate plan asks for each user. */
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
            // One item from each of perUser equal stretches of the catalogue: distinct, and rising as a table needs it.
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
