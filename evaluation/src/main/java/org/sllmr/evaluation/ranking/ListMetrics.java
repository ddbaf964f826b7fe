// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation.ranking;

import java.util.Arrays;

/**
 * Metrics of which items the top lists contain, independent of what users like.
 *
 * @param coverage share of the catalogue that is in at least one list, in [0, 1]
 * @param gini how unequally places are distributed over the catalogue, in [0, 1]: 0 if all items have equally many
 *     places
 * @param longTailShare share of places that go to long-tail items, in [0, 1]
 * @param novelty mean over places of the item's self-information -log2 p, in bits, where p is the item's share of all
 *     training positives, with one more for each item so that p is never 0 (after Zhou et al., "Solving the apparent
 *     diversity-accuracy dilemma of recommender systems", PNAS 2010)
 */
public record ListMetrics(double coverage, double gini, double longTailShare, double novelty) {
    /**
     * Computes the metrics.
     *
     * @param lists the items of each user's list
     * @param k number of items at the top of each list that count
     * @param longTail whether each item is long-tail: {@code [items]}
     * @param positives training positives of each item: {@code [items]}
     */
    public static ListMetrics of(int[][] lists, int k, boolean[] longTail, int[] positives) {
        int items = positives.length;
        double total = (double) Arrays.stream(positives).asLongStream().sum() + items;
        long[] places = new long[items];
        long all = 0;
        long tail = 0;
        for (int[] list : lists) {
            for (int i = 0; i < Math.min(k, list.length); i++) {
                places[list[i]]++;
                tail += longTail[list[i]] ? 1 : 0;
                all++;
            }
        }
        if (all == 0) {
            throw new IllegalArgumentException("the lists are empty");
        }
        double information = 0;
        int shown = 0;
        for (int item = 0; item < items; item++) {
            // Summed by item and not by place, so that the order of the users does not change the last bit.
            information -= places[item] * StrictMath.log((positives[item] + 1) / total);
            shown += places[item] > 0 ? 1 : 0;
        }
        return new ListMetrics(
                (double) shown / items, gini(places, all), (double) tail / all, information / StrictMath.log(2) / all);
    }

    /** sum over i of (2 i - n - 1) x_i / (n sum x), for the numbers of places x in rising order */
    private static double gini(long[] places, long all) {
        long[] sorted = places.clone();
        Arrays.sort(sorted);
        double sum = 0;
        for (int i = 0; i < sorted.length; i++) {
            sum += (2.0 * (i + 1) - sorted.length - 1) * sorted[i];
        }
        return sum / ((double) sorted.length * all);
    }
}
