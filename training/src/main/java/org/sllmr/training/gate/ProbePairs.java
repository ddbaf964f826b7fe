// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Seed;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.training.supervision.Pairs;
import org.sllmr.training.supervision.Supervision;

/** Draws pairs of guided users on which the aligned gate measures the effect of held-out steps. */
final class ProbePairs {
    private static final int TRIES = 16;

    private final InteractionLog log;
    private final TeacherTable teacher;
    private final int[] guided;

    ProbePairs(InteractionLog log, TeacherTable teacher) {
        this.log = log;
        this.teacher = teacher;
        boolean[] heldOut = teacher.heldOut();
        int[] users = new int[teacher.users()];
        int found = 0;
        for (int user = 0; user < users.length; user++) {
            if (!heldOut[user] && teacher.to(user) - teacher.from(user) > 1) {
                users[found++] = user;
            }
        }
        this.guided = Arrays.copyOf(users, found);
    }

    /** At most that many pairs, two rows each; fewer if the drawn scores are too often equal. */
    Supervision draw(int pairs, Seed seed) {
        RandomGenerator random = seed.generator();
        int[] users = new int[2 * pairs];
        int[] items = new int[2 * pairs];
        int[] positions = new int[2 * pairs];
        float[] scores = new float[2 * pairs];
        int rows = 0;
        for (int attempt = 0; attempt < TRIES * pairs && rows < 2 * pairs && guided.length > 0; attempt++) {
            int user = guided[random.nextInt(guided.length)];
            int from = teacher.from(user);
            int size = teacher.to(user) - from;
            int first = from + random.nextInt(size);
            int second = from + random.nextInt(size);
            float difference = teacher.scores()[first] - teacher.scores()[second];
            if (difference != 0) {
                for (int index : difference > 0 ? new int[] {first, second} : new int[] {second, first}) {
                    users[rows] = user;
                    items[rows] = teacher.items()[index];
                    positions[rows] = log.length(user);
                    scores[rows++] = teacher.scores()[index];
                }
            }
        }
        int[] preferred = new int[rows / 2];
        int[] other = new int[rows / 2];
        float[] differences = new float[rows / 2];
        for (int pair = 0; pair < preferred.length; pair++) {
            preferred[pair] = 2 * pair;
            other[pair] = 2 * pair + 1;
            differences[pair] = scores[2 * pair] - scores[2 * pair + 1];
        }
        return new Supervision(
                new Instances(Arrays.copyOf(users, rows), Arrays.copyOf(items, rows), Arrays.copyOf(positions, rows)),
                Arrays.copyOf(scores, rows),
                new Pairs(preferred, other, differences));
    }
}
