// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.supervision;

import java.util.random.RandomGenerator;
import org.sllmr.teacher.TeacherTable;

/** Draws a uniform sample of a user's scored items without replacement. Reused from step to step; not thread-safe. */
final class CandidateSample {
    private final TeacherTable teacher;
    private int[] shuffled = new int[0];

    CandidateSample(TeacherTable teacher) {
        this.teacher = teacher;
    }

    /**
     * Writes indices into the teacher table to {@code target} from {@code at} on, in drawn order.
     *
     * @return their number: {@code most}, or all of the user's scores if they are fewer
     */
    int draw(int user, int most, RandomGenerator random, int[] target, int at) {
        int first = teacher.offsets()[user];
        int scored = teacher.offsets()[user + 1] - first;
        if (shuffled.length < scored) {
            shuffled = new int[scored];
        }
        for (int index = 0; index < scored; index++) {
            shuffled[index] = first + index;
        }
        int count = Math.min(most, scored);
        for (int index = 0; index < count; index++) {
            int other = index + random.nextInt(scored - index);
            target[at + index] = shuffled[other];
            shuffled[other] = shuffled[index];
        }
        return count;
    }
}
