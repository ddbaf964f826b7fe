// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.request;

import java.util.Arrays;
import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.sllmr.data.Seed;
import org.sllmr.teacher.plan.CandidatePlan;

/** The order of a user's candidates: shuffled for each pass, then improved window by window. */
public final class CandidateOrder {
    private CandidateOrder() {}

    /** The candidates of a user in the order in which a pass begins. */
    public static int[] shuffled(CandidatePlan plan, int user, int pass) {
        return shuffled(plan, 0, user, pass);
    }

    /**
     * The same for a plan of a slice of the users.
     *
     * @param first index of the plan's first user in the dataset
     * @param user index of the user in the plan
     */
    static int[] shuffled(CandidatePlan plan, int first, int user, int pass) {
        int[] all = Arrays.copyOfRange(plan.items(), plan.offsets()[user], plan.offsets()[user + 1]);
        shuffle(
                all,
                new Seed(plan.origin().seed())
                        .child("requests")
                        .child("candidates")
                        .child(first + user)
                        .child(pass)
                        .generator());
        return all;
    }

    static void shuffle(int[] values, RandomGenerator random) {
        for (int index = values.length - 1; index > 0; index--) {
            int other = random.nextInt(index + 1);
            int value = values[index];
            values[index] = values[other];
            values[other] = value;
        }
    }

    /**
     * An order in which the items of a window are sorted by their scores, best first; of equal ones the earlier stays
     * first.
     *
     * @param order all items
     * @param from first place of the window
     * @param scores of the items at the places from there, in the order shown
     */
    public static int[] sorted(int[] order, int from, float[] scores) {
        int[] places = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(place -> -scores[place]))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] sorted = order.clone();
        for (int place = 0; place < places.length; place++) {
            sorted[from + place] = order[from + places[place]];
        }
        return sorted;
    }

    /** The score of a rank from 0 among a number of items: 1 for the first, 0 for the last. */
    public static float score(int rank, int items) {
        return items == 1 ? 1 : 1 - (float) rank / (items - 1);
    }
}
