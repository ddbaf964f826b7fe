// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.visit;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Seed;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.data.file.Sha256;
import org.sllmr.teacher.plan.PlanHistories;

/**
 * For each item those that random walks from it visit most: PinSage's neighbourhoods (Ying et al. 2018, Section 3.1).
 *
 * <p>A walk goes from an item to one of the users who took it, and from there to one of that user's items, each drawn
 * uniformly from the interactions. A neighbour's weight is its share of the visits to all neighbours.
 *
 * @param offsets first neighbour of each item and, at the end, their number: {@code [items + 1]}, rising
 * @param items the neighbours of each item, rising; never the item itself
 * @param weights their weights; those of an item sum to 1
 */
@SuppressWarnings("ArrayRecordComponent") // not changed after construction
public record VisitedItems(int[] offsets, int[] items, float[] weights) {
    /**
     * Walks from every item; each item draws from a seed of its own, so threads change nothing.
     *
     * @param histories the interactions that there are; what a plan holds out is not among them
     * @param itemCount number of items of the catalogue
     */
    public static VisitedItems of(
            PlanHistories histories,
            int itemCount,
            VisitSettings settings,
            Seed seed,
            Blocks blocks,
            ProgressListener listener)
            throws InterruptedException {
        InteractionEdges edges = InteractionEdges.of(histories, itemCount);
        Neighbour[][] found = new Neighbour[itemCount][];
        blocks.run(itemCount, 64, "random walks", listener, (from, to) -> {
            Walker walker = new Walker(edges, settings, itemCount);
            for (int item = from; item < to; item++) {
                found[item] = walker.neighbours(item, seed.child(item).generator());
            }
        });
        return joined(found);
    }

    /**
     * An item and how often it was visited.
     *
     * @param item the item
     * @param visits above 0
     */
    record Neighbour(int item, int visits) {
        /** Most visits first; of equal ones the first item. */
        static final Comparator<Neighbour> ORDER =
                Comparator.comparingInt(Neighbour::visits).reversed().thenComparingInt(Neighbour::item);
    }

    private static VisitedItems joined(Neighbour[][] found) {
        int[] offsets = new int[found.length + 1];
        for (int item = 0; item < found.length; item++) {
            offsets[item + 1] = offsets[item] + found[item].length;
        }
        int[] items = new int[offsets[found.length]];
        float[] weights = new float[items.length];
        for (int item = 0; item < found.length; item++) {
            List<Neighbour> rising = Arrays.stream(found[item])
                    .sorted(Comparator.comparingInt(Neighbour::item))
                    .toList();
            int all = rising.stream().mapToInt(Neighbour::visits).sum();
            for (int i = 0; i < rising.size(); i++) {
                items[offsets[item] + i] = rising.get(i).item();
                weights[offsets[item] + i] = (float) rising.get(i).visits() / all;
            }
        }
        return new VisitedItems(offsets, items, weights);
    }

    /** Whether an item has neighbours. */
    boolean has(int item) {
        return offsets[item] < offsets[item + 1];
    }

    /** The weight of another item among an item's neighbours; 0 if it is none. */
    float weight(int item, int other) {
        int at = Arrays.binarySearch(items, offsets[item], offsets[item + 1], other);
        return at < 0 ? 0 : weights[at];
    }

    /** Hash of all neighbours and weights. */
    String hash() {
        return new Sha256().add(offsets).add(items).add(weights).hex();
    }
}
