// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.supervision;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.teacher.TeacherTable;

/** Random tables with many ties, users without scores and users with one; random batches and logs. */
final class RandomTeacher {
    private RandomTeacher() {}

    static TeacherTable table(RandomGenerator random, int users, int items) {
        int[] offsets = new int[users + 1];
        int[] tableItems = new int[users * items];
        float[] scores = new float[users * items];
        int size = 0;
        int grid = 1 + random.nextInt(8);
        for (int user = 0; user < users; user++) {
            double density = random.nextInt(3) / 2.5;
            for (int item = 0; item < items; item++) {
                if (random.nextDouble() < density) {
                    tableItems[size] = item;
                    scores[size++] = (float) random.nextInt(grid + 1) / grid;
                }
            }
            offsets[user + 1] = size;
        }
        return new TeacherTable(offsets, Arrays.copyOf(tableItems, size), Arrays.copyOf(scores, size));
    }

    static Instances batch(RandomGenerator random, int users, int items, int rows) {
        int[] batchUsers = random.ints(rows, 0, users).toArray();
        return new Instances(batchUsers, random.ints(rows, 0, items).toArray(), new int[rows]);
    }

    static InteractionLog log(RandomGenerator random, int users) {
        int[] offsets = new int[users + 1];
        for (int user = 0; user < users; user++) {
            offsets[user + 1] = offsets[user] + random.nextInt(6);
        }
        return InteractionLog.of(offsets, new int[offsets[users]], new long[offsets[users]]);
    }
}
