// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.sllmr.benchmarks.workload.Workload;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.Vocabulary;
import org.sllmr.evaluation.Slices;
import org.sllmr.teacher.TeacherTable;

/** Random training data of any size: as many users as items, and the same number of interactions for every user. */
final class RandomInteractions {
    private static final int PER_USER = 4;

    private RandomInteractions() {}

    /**
     * Makes the data.
     *
     * @param rows users and items together
     * @param count training samples, a multiple of 2: each positive is followed by a negative
     */
    static Workload of(int rows, int count, Seed seed) {
        int users = rows / 2;
        int items = rows - users;
        RandomGenerator random = seed.generator();
        int[] offsets = new int[users + 1];
        for (int user = 0; user < users; user++) {
            offsets[user + 1] = offsets[user] + PER_USER;
        }
        int[] taken = random.ints(offsets[users], 0, items).toArray();
        InteractionLog log = InteractionLog.of(offsets, taken, new long[taken.length]);
        int[] sampleUsers = new int[count];
        int[] sampleItems = new int[count];
        int[] positions = new int[count];
        for (int i = 0; i < count; i++) {
            boolean negative = i % 2 == 1;
            sampleUsers[i] = negative ? sampleUsers[i - 1] : random.nextInt(users);
            positions[i] = PER_USER - 1;
            sampleItems[i] = negative ? random.nextInt(items) : taken[offsets[sampleUsers[i]] + PER_USER - 1];
        }
        Samples training = new Samples(new Instances(sampleUsers, sampleItems, positions), 1);
        TrainingData data = new TrainingData(
                "random interactions",
                "",
                log,
                new Catalogue(vocabulary("item", items), List.of(), List.of()),
                vocabulary("user", users),
                List.of(),
                List.of(),
                training,
                training);
        TeacherTable none = new TeacherTable(new int[users + 1], new int[0], new float[0]);
        return new Workload(data, none, "no scores", Slices.of(data));
    }

    private static Vocabulary vocabulary(String prefix, int size) {
        List<String> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            values.add(prefix + i);
        }
        return new Vocabulary(values);
    }
}
