// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.plan;

import java.util.stream.IntStream;
import org.sllmr.data.Instances;
import org.sllmr.data.Samples;

/**
 * The items that a user was shown and did not take, where rows have labels: what a held-out interaction is compared
 * with.
 *
 * <p>Items drawn from the catalogue would do for drawn negatives only. A model of impressions is asked which of the
 * items that were shown is taken, and that is where the teacher's scores must add to it.
 */
final class ShownNegatives {
    private final Samples training;
    /** First training row of each user and, at the end, their number. */
    private final int[] offsets;

    ShownNegatives(Samples training, int users) {
        this.training = training;
        this.offsets = new int[users + 1];
        for (int user : training.instances().users()) {
            offsets[user + 1]++;
        }
        for (int user = 0; user < users; user++) {
            offsets[user + 1] += offsets[user];
        }
    }

    /** The items of a user's negatives, those nearest to the last row of its last positive first: its impression. */
    int[] before(int user, int positive) {
        Instances rows = training.instances();
        int last = -1;
        for (int row = offsets[user]; row < offsets[user + 1]; row++) {
            last = training.label(row) == 1 && rows.items()[row] == positive ? row : last;
        }
        if (last < 0) {
            return new int[0];
        }
        int at = last;
        return IntStream.range(offsets[user], offsets[user + 1])
                .filter(row -> training.label(row) == 0)
                .boxed()
                .sorted((one, other) -> Integer.compare(Math.abs(one - at), Math.abs(other - at)))
                .mapToInt(row -> rows.items()[row])
                .distinct()
                .toArray();
    }
}
