// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.plan;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.sllmr.data.InteractionLog;
import org.sllmr.teacher.vector.Clusters;

/** Selects the candidates of one user: no item twice, and none that the user interacted with. */
final class CandidateSelection {
    /** The last user, by number, for whom each item is taken. */
    private final int[] taken;

    private int number;
    private long[] chosen = new long[64];
    private int size;

    CandidateSelection(int items) {
        this.taken = new int[items];
    }

    /** Starts with another user, whose first {@code interactions} items are taken. */
    void start(InteractionLog log, int user, int interactions) {
        number++;
        size = 0;
        for (int position = 0; position < interactions; position++) {
            taken[log.item(user, position)] = number;
        }
    }

    /** Selects an item if it is free, and returns whether it was. */
    boolean add(CandidateSource source, int item) {
        if (taken[item] == number) {
            return false;
        }
        taken[item] = number;
        if (size == chosen.length) {
            chosen = Arrays.copyOf(chosen, 2 * size);
        }
        chosen[size++] = (long) item << Byte.SIZE | source.code();
        return true;
    }

    /** Selects up to {@code count} free items of a pool; all sets are equally likely. */
    void sample(CandidateSource source, int[] pool, int count, RandomGenerator random) {
        if (pool.length <= 4L * count) {
            int[] order = pool.clone();
            int wanted = count;
            for (int index = 0; index < order.length && wanted > 0; index++) {
                swap(order, index, index + random.nextInt(order.length - index));
                wanted -= add(source, order[index]) ? 1 : 0;
            }
            return;
        }
        int wanted = count;
        // The pool is far larger than the sample, so few draws hit taken items; but a long history may cover it.
        for (long draws = 0; wanted > 0 && draws < 16L * pool.length; draws++) {
            wanted -= add(source, pool[random.nextInt(pool.length)]) ? 1 : 0;
        }
    }

    /** Selects up to {@code count} free items, one at a time from each cluster in a random order of clusters. */
    void spread(CandidateSource source, Clusters clusters, int count, RandomGenerator random) {
        int[] order = new int[clusters.size()];
        for (int index = 0; index < order.length; index++) {
            order[index] = index;
        }
        for (int index = 0; index < order.length; index++) {
            swap(order, index, index + random.nextInt(order.length - index));
        }
        int wanted = count;
        int most = 1;
        for (int round = 0; round < most && wanted > 0; round++) {
            for (int index = 0; index < order.length && wanted > 0; index++) {
                int from = clusters.offsets()[order[index]];
                int members = clusters.offsets()[order[index] + 1] - from;
                most = Math.max(most, members);
                if (members > 0) {
                    wanted -= add(source, clusters.items()[from + random.nextInt(members)]) ? 1 : 0;
                }
            }
        }
    }

    /** The candidates by item, each with its source. */
    long[] sorted() {
        Arrays.sort(chosen, 0, size);
        return Arrays.copyOf(chosen, size);
    }

    static int item(long candidate) {
        return (int) (candidate >>> Byte.SIZE);
    }

    static byte source(long candidate) {
        return (byte) candidate;
    }

    /** Draws {@code count} different entries; {@code entries} is changed and then restored. */
    static int[] draw(int[] entries, int count, RandomGenerator random) {
        int[] swapped = new int[count];
        for (int index = 0; index < count; index++) {
            swapped[index] = index + random.nextInt(entries.length - index);
            swap(entries, index, swapped[index]);
        }
        int[] drawn = Arrays.copyOf(entries, count);
        for (int index = count - 1; index >= 0; index--) {
            swap(entries, index, swapped[index]);
        }
        return drawn;
    }

    private static void swap(int[] values, int first, int second) {
        int value = values[first];
        values[first] = values[second];
        values[second] = value;
    }
}
