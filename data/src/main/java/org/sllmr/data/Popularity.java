// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import java.util.Arrays;
import java.util.List;

/**
 * How often each item is a training positive, and which items form the long tail.
 *
 * <p>A user's first interaction is history only and no training positive, so it does not count.
 */
public final class Popularity {
    /** The share of the catalogue that is long-tail: the fifth with the fewest training positives. */
    public static final double LONG_TAIL_SHARE = 0.2;

    private final int[] positives;

    /** All items, fewest positives first, equal ones by index. */
    private final int[] order;

    private Popularity(int[] positives) {
        this.positives = positives;
        this.order = byPositives(positives);
    }

    /**
     * Counts training positives: positions 1 to length - 1 of each user's training interactions, or where rows have
     * labels, the training rows with label 1.
     */
    public static Popularity of(TrainingData data) {
        Samples training = data.training();
        if (!training.labelled()) {
            return of(data.log(), data.catalogue().size());
        }
        int[] positives = new int[data.catalogue().size()];
        for (int row = 0; row < training.size(); row++) {
            positives[training.instances().items()[row]] += training.label(row);
        }
        return new Popularity(positives);
    }

    /** Counts training positives in a log of training interactions. */
    public static Popularity of(InteractionLog training, int items) {
        int[] positives = new int[items];
        for (int user = 0; user < training.users(); user++) {
            for (int position = 1; position < training.length(user); position++) {
                positives[training.item(user, position)]++;
            }
        }
        return new Popularity(positives);
    }

    /**
     * Counts the positives of training, validation and test together, for evaluation only.
     *
     * <p>Which items are long-tail by this count does not depend on which interactions were held out. By training positives
     * it does: with one interaction of each user held out, an item that is rare in training is often one whose interactions
     * were held out, so it is less rare in the test part.
     */
    public static Popularity ofAllParts(TrainingData data, TestData test) {
        int[] positives = of(data).positives();
        for (Samples samples : List.of(data.validation().samples(), test.test())) {
            for (int row = 0; row < samples.size(); row++) {
                positives[samples.instances().items()[row]] += samples.label(row);
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
     * The long-tail items by rising index: the fifth of the catalogue (rounded down) with the fewest training
     * positives.
     *
     * <p>Among items with equally many, those with the lower index come first. Items are numbered in the order of the
     * item file, or without one in order of first appearance in the interactions file.
     */
    public int[] longTailItems() {
        int[] items = tail(LONG_TAIL_SHARE);
        Arrays.sort(items);
        return items;
    }

    /** Whether each item is long-tail: {@code [items]}. */
    public boolean[] longTail() {
        return mask(longTailItems());
    }

    /**
     * Whether each item is among the least popular: {@code [items]}.
     *
     * @param share of the catalogue, 0 to 1, rounded down to whole items; ties as in {@link #longTailItems}
     */
    public boolean[] leastPopular(double share) {
        return mask(tail(share));
    }

    /**
     * The least popular items, the least popular first.
     *
     * @param share of the catalogue, 0 to 1, rounded down to whole items; ties as in {@link #longTailItems}
     */
    public int[] tail(double share) {
        // A fifth of 15 items is 3, even if 15 * 0.2 is a little less in floating point.
        return Arrays.copyOf(order, (int) (share * order.length + 1e-9));
    }

    /** The most popular items, at most {@code count}; the most popular last. */
    public int[] head(int count) {
        return Arrays.copyOfRange(order, Math.max(0, order.length - count), order.length);
    }

    private boolean[] mask(int[] items) {
        boolean[] mask = new boolean[positives.length];
        for (int item : items) {
            mask[item] = true;
        }
        return mask;
    }

    private static int[] byPositives(int[] positives) {
        long[] keys = new long[positives.length];
        for (int item = 0; item < keys.length; item++) {
            keys[item] = ((long) positives[item] << 32) | item;
        }
        Arrays.sort(keys);
        int[] order = new int[keys.length];
        for (int rank = 0; rank < order.length; rank++) {
            order[rank] = (int) keys[rank];
        }
        return order;
    }
}
