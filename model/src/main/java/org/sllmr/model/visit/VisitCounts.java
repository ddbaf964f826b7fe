// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.visit;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.sllmr.configuration.ArraySize;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.NeighbourColumn;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.concurrent.Blocks;

/**
 * Counts visits of random walks as they would be after endlessly many walks.
 *
 * <p>A walk goes from an item to one of the users who took it, and from there to one of that user's items, each drawn
 * uniformly. PinSage's walks go on from there (Ying et al. 2018, Section 3.1). Here they make one step, whose probability is a
 * neighbour's weight.
 */
public final class VisitCounts {
    private static final int BLOCK = 64;

    private final TakenItems taken;
    /** First user of each item and, at the end, their number, and the users. */
    private final int[] offsets;

    private final int[] users;

    private VisitCounts(TakenItems taken) {
        this.taken = taken;
        this.offsets = new int[taken.users().length + 1];
        for (int item = 0; item < taken.users().length; item++) {
            offsets[item + 1] = offsets[item] + taken.users()[item];
        }
        this.users = new int[taken.items().length];
        int[] next = offsets.clone();
        for (int user = 0; user + 1 < taken.offsets().length; user++) {
            for (int at = taken.offsets()[user]; at < taken.offsets()[user + 1]; at++) {
                users[next[taken.items()[at]]++] = user;
            }
        }
    }

    /**
     * The neighbours of all items by walks over all users, in {@code blocks}' threads, whose number changes nothing.
     *
     * @param log the training interactions
     * @param itemCount number of items of the catalogue
     * @throws InterruptedException if the calling thread was interrupted
     */
    public static NeighbourColumn of(
            InteractionLog log, int itemCount, VisitInputs settings, Blocks blocks, ProgressListener listener)
            throws InterruptedException {
        return of(log, itemCount, settings, user -> true, blocks, listener);
    }

    /** The same by walks over some users. */
    static NeighbourColumn of(
            InteractionLog log,
            int itemCount,
            VisitInputs settings,
            IntPredicate users,
            Blocks blocks,
            ProgressListener listener)
            throws InterruptedException {
        VisitCounts counts = new VisitCounts(TakenItems.of(log, itemCount, settings.longest(), users));
        Found[] found = new Found[itemCount];
        blocks.run(itemCount, BLOCK, "visits between items", listener, (from, to) -> {
            Counter counter = counts.new Counter(settings.neighbours());
            for (int item = from; item < to; item++) {
                found[item] = counter.neighbours(item);
            }
        });
        return joined(found);
    }

    private static NeighbourColumn joined(Found[] found) {
        int[] offsets = new int[found.length + 1];
        for (int item = 0; item < found.length; item++) {
            offsets[item + 1] = ArraySize.of(
                    offsets[item] + (long) found[item].items.length,
                    "model.schema.visits.neighbours",
                    "neighbours of items",
                    "lower it");
        }
        int[] items = new int[offsets[found.length]];
        float[] weights = new float[items.length];
        for (int item = 0; item < found.length; item++) {
            System.arraycopy(found[item].items, 0, items, offsets[item], found[item].items.length);
            System.arraycopy(found[item].weights, 0, weights, offsets[item], found[item].items.length);
        }
        return new NeighbourColumn(VisitInputs.NAME, offsets, items, weights);
    }

    /** An item's neighbours, rising. */
    @SuppressWarnings("ArrayRecordComponent") // not changed after construction
    private record Found(int[] items, float[] weights) {}

    /** Counts for one item at a time; for one thread. */
    private final class Counter {
        private final int most;
        private final double[] sums = new double[taken.users().length];
        private int[] visited = new int[64];

        Counter(int most) {
            this.most = most;
        }

        Found neighbours(int start) {
            int count = 0;
            for (int i = offsets[start]; i < offsets[start + 1]; i++) {
                int first = taken.offsets()[users[i]];
                int end = taken.offsets()[users[i] + 1];
                for (int at = first; at < end; at++) {
                    int item = taken.items()[at];
                    if (item != start) {
                        if (sums[item] == 0) {
                            visited = count < visited.length ? visited : Arrays.copyOf(visited, 2 * count);
                            visited[count++] = item;
                        }
                        sums[item] += 1.0 / (end - first);
                    }
                }
            }
            int[] rising = Arrays.copyOf(visited, count);
            Arrays.sort(rising);
            float[] weights = new float[count];
            for (int i = 0; i < count; i++) {
                weights[i] = (float) (sums[rising[i]] / taken.users()[start]);
                sums[rising[i]] = 0;
            }
            return count <= most ? new Found(rising, weights) : largest(rising, weights);
        }

        /** Those with the largest weights; of equal ones the first items. */
        private Found largest(int[] items, float[] weights) {
            int[] order = IntStream.range(0, items.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer i) -> -weights[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            int[] kept = Arrays.copyOf(order, most);
            Arrays.sort(kept);
            int[] ofKept = new int[most];
            float[] weightOfKept = new float[most];
            for (int i = 0; i < most; i++) {
                ofKept[i] = items[kept[i]];
                weightOfKept[i] = weights[kept[i]];
            }
            return new Found(ofKept, weightOfKept);
        }
    }
}
