// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.visit;

import java.util.Arrays;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.NeighbourColumn;

/**
 * How much random walks of one step visit an item from a user's last items (PinSage's importance, Ying et al. 2018, Section
 * 3.1), without what the user's own training interactions add to it.
 *
 * <p>A training row's item is often one that its user took. Walks from the items before it then go over that very user to the
 * item, which tells the label. So those are left out where the row comes before the end of the user's training interactions.
 * Rows of validation, test and requests come after it, and their items are no such edges, unless a user takes an item again.
 */
public final class Visits {
    private final NeighbourColumn neighbours;
    private final TakenItems taken;
    private final float average;

    /**
     * Visits to neighbours that were counted with {@link VisitCounts}.
     *
     * @param training the training interactions that they were counted in; none after training
     */
    public Visits(NeighbourColumn neighbours, InteractionLog training, VisitInputs settings) {
        this(neighbours, TakenItems.of(training, neighbours.rows(), settings.longest()), 1f / settings.neighbours());
    }

    private Visits(NeighbourColumn neighbours, TakenItems taken, float average) {
        this.neighbours = neighbours;
        this.taken = taken;
        this.average = average;
    }

    /** The neighbours. */
    public NeighbourColumn neighbours() {
        return neighbours;
    }

    /** The weight that every neighbour has if all have the same: 1 / T. */
    public float average() {
        return average;
    }

    /** The same for neighbours of items that are numbered anew, without training interactions. */
    public Visits with(NeighbourColumn numbered) {
        InteractionLog none = InteractionLog.of(new int[] {0}, new int[0], new long[0]);
        return new Visits(numbered, TakenItems.of(none, numbered.rows(), 1), average);
    }

    /**
     * A row's value: s / (s + 1 / T), s being the sum of the weights, 0.5 for the weight of an average one of T neighbours;
     * NaN if the item is never visited.
     *
     * @param user the user, or a number of none
     * @param position how many interactions the user has before the row
     * @param history the user's last items, those of {@code [from, to)}
     */
    public float value(int user, int position, int item, int[] history, int from, int to) {
        boolean own = taken.trains(user, position) && taken.has(user, item);
        float sum = 0;
        for (int at = from; at < to; at++) {
            float weight = neighbours.weight(history[at], item);
            if (own && weight > 0 && taken.has(user, history[at])) {
                weight -= taken.share(user, history[at]);
                weight = weight > neighbours.rest()[history[at]] ? weight : 0;
            }
            sum += weight;
        }
        return value(sum);
    }

    /**
     * The values of consecutive items, with the bits of {@link #value}.
     *
     * @param first the first item
     * @param values receives {@code [count]}
     */
    public void values(int user, int position, int first, int count, int[] history, int from, int to, float[] values) {
        Arrays.fill(values, 0, count, 0);
        for (int at = from; at < to; at++) {
            add(history[at], first, count, values);
        }
        for (int i = 0; i < count; i++) {
            values[i] = value(values[i]);
        }
        if (taken.trains(user, position)) {
            int end = taken.offsets()[user + 1];
            for (int i = start(taken.items(), taken.offsets()[user], end, first);
                    i < end && taken.items()[i] - first < count;
                    i++) {
                values[taken.items()[i] - first] = value(user, position, taken.items()[i], history, from, to);
            }
        }
    }

    private void add(int item, int first, int count, float[] sums) {
        if (item >= 0 && item < neighbours.rows()) {
            int[] items = neighbours.items();
            int end = neighbours.offsets()[item + 1];
            for (int i = start(items, neighbours.offsets()[item], end, first);
                    i < end && items[i] - first < count;
                    i++) {
                sums[items[i] - first] += neighbours.weights()[i];
            }
        }
    }

    /** The first place in rising items of {@code [from, to)} that has {@code first} or a later item. */
    private static int start(int[] items, int from, int to, int first) {
        int found = Arrays.binarySearch(items, from, to, first);
        return found < 0 ? -found - 1 : found;
    }

    private float value(float sum) {
        return sum > 0 ? sum / (sum + average) : Float.NaN;
    }
}
