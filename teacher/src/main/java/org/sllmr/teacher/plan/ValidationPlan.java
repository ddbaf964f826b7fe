// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.plan;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.sllmr.data.Instances;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;

/**
 * A plan of validation samples, to evaluate a teacher before anything is trained.
 *
 * <p>They are asked separately from training candidates, and their scores form a separate table. The history is all of
 * a user's training interactions, as for the validation sample. Test samples are not accessible.
 */
public final class ValidationPlan {
    private ValidationPlan() {}

    /**
     * Plans the validation samples of some users.
     *
     * @param users number of users to draw, 1 or more; all if there are fewer
     */
    public static CandidatePlan of(TrainingData data, int users, PlanSettings settings, Seed seed) {
        Instances rows = data.validation().samples().instances();
        int[] order = IntStream.range(0, data.log().users()).toArray();
        int[] drawn = CandidateSelection.draw(
                order, Math.min(users, order.length), seed.child("validation").generator());
        boolean[] asked = new boolean[order.length];
        for (int user : drawn) {
            asked[user] = true;
        }
        // A negative may occur twice in a group; a plan has each item of a user once.
        long[] pairs = IntStream.range(0, rows.size())
                .filter(row -> asked[rows.users()[row]])
                .mapToLong(row -> (long) rows.users()[row] << Integer.SIZE | rows.items()[row])
                .sorted()
                .distinct()
                .toArray();
        int[] offsets = new int[order.length + 1];
        int[] items = new int[pairs.length];
        for (int index = 0; index < pairs.length; index++) {
            offsets[(int) (pairs[index] >>> Integer.SIZE) + 1]++;
            items[index] = (int) pairs[index];
        }
        Arrays.parallelPrefix(offsets, Integer::sum);
        byte[] sources = new byte[items.length];
        Arrays.fill(sources, CandidateSource.VALIDATION.code());
        return new CandidatePlan(
                new CandidatePlan.Origin(data.name(), data.hash(), seed.value(), settings), offsets, items, sources);
    }
}
