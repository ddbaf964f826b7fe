// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.demo;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Draws items with probabilities in proportion to their weights. */
final class WeightedChoice {
    private final int[] items;
    private final double[] cumulative;

    /**
     * A choice among some items.
     *
     * @param items the items to draw from, at least one
     * @param weights weight above 0 of every item of the shop, by item index
     */
    WeightedChoice(int[] items, double[] weights) {
        this.items = items;
        this.cumulative = new double[items.length];
        double sum = 0;
        for (int place = 0; place < items.length; place++) {
            sum += weights[items[place]];
            cumulative[place] = sum;
        }
    }

    int draw(RandomGenerator random) {
        double point = random.nextDouble() * cumulative[cumulative.length - 1];
        int place = Arrays.binarySearch(cumulative, point);
        // An exact match of an upper end belongs to the next item; otherwise the search returns -(first above) - 1.
        return items[Math.min(place >= 0 ? place + 1 : -place - 1, items.length - 1)];
    }
}
