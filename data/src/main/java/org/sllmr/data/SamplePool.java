// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import java.util.BitSet;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A share of the training samples, which serve others as examples (LLM-CF, Sun et al. 2024, Section 3.2).
 *
 * <p>Which ones depends on the data and the share alone, so that whoever explains the examples and whoever reads them
 * mean the same ones. What belongs together, such as a positive and its negatives, is chosen together.
 */
public final class SamplePool {
    private SamplePool() {}

    /**
     * The rows that are chosen, rising.
     *
     * @param share of the samples, above 0 to 1
     */
    public static int[] rows(Samples samples, double share) {
        SampleLists lists = samples.lists();
        return chosen(lists.count(), (int) Math.ceil(lists.count() * share)).stream()
                .flatMap(list -> IntStream.range(lists.from(list), lists.to(list)))
                .toArray();
    }

    private static BitSet chosen(int count, int wanted) {
        RandomGenerator random = new Seed(0).child("pool of examples").generator();
        int[] order = IntStream.range(0, count).toArray();
        BitSet chosen = new BitSet();
        for (int i = 0; i < wanted; i++) {
            int other = i + random.nextInt(count - i);
            int list = order[other];
            order[other] = order[i];
            order[i] = list;
            chosen.set(list);
        }
        return chosen;
    }
}
