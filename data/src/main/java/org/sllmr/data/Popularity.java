// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import java.util.Arrays;

/**
 * How often each item is a training positive, and which items form the long tail.
 *
 * <p>A user's first interaction is history only and no training positive, so it does not count.
 */
public final class Popularity {
    /** One item in this many is long-tail. */
    private static final int LONG_TAIL_PART = 5;

    private final int[] positives;
    private final int[] longTail;

    private Popularity(int[] positives) {
        this.positives = positives;
        this.longTail = leastPopular(positives, positives.length / LONG_TAIL_PART);
    }

    /** Counts the training positives: positions 1 to length - 1 of each user's training interactions. */
    public static Popularity of(TrainingData data) {
        int[] positives = new int[data.catalogue().size()];
        InteractionLog log = data.log();
        for (int user = 0; user < log.users(); user++) {
            for (int position = 1; position < log.length(user); position++) {
                positives[log.item(user, position)]++;
            }
        }
        return new Popularity(positives);
    }

    /** Number of training positives of each item: {@code [items]}, a copy. */
    public int[] positives() {
        return positives.clone();
    }

    /** Number of training positives of an item. */
    public int positives(int item) {
        return positives[item];
    }

    /**
     * The long-tail items, rising: the fifth of the catalogue (rounded down) with the fewest training positives.
     *
     * <p>Among items with equally many, those with the lower index come first. Items are numbered in the order of the
     * item file, or without one in order of first appearance in the interactions file.
     */
    public int[] longTailItems() {
        return longTail.clone();
    }

    /** For each item whether it is long-tail: {@code [items]}. */
    public boolean[] longTail() {
        return mask(longTail);
    }

    /**
     * For each item whether it is among the least popular: {@code [items]}.
     *
     * @param share of the catalogue, 0 to 1, rounded down to whole items; ties as in {@link #longTailItems}
     */
    public boolean[] leastPopular(double share) {
        // A fifth of 15 items is 3, whatever 15 * 0.2 is in binary.
        return mask(leastPopular(positives, (int) (share * positives.length + 1e-9)));
    }

    private boolean[] mask(int[] items) {
        boolean[] mask = new boolean[positives.length];
        for (int item : items) {
            mask[item] = true;
        }
        return mask;
    }

    /** The {@code count} items with the fewest positives, ties by index; rising. */
    private static int[] leastPopular(int[] positives, int count) {
        long[] keys = new long[positives.length];
        for (int item = 0; item < keys.length; item++) {
            keys[item] = ((long) positives[item] << 32) | item;
        }
        Arrays.sort(keys);
        int[] items = new int[count];
        for (int rank = 0; rank < count; rank++) {
            items[rank] = (int) keys[rank];
        }
        Arrays.sort(items);
        return items;
    }
}
