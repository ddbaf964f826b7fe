// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.supervision;

/**
 * Keeps the highest-ranked of the pairs offered; of equal ones, those offered first.
 *
 * <p>A heap of packed longs with the lowest kept pair on top: the rank's float bits, which order non-negative values,
 * above the complement of the offer's number. Reused from step to step; not thread-safe.
 */
final class HighestPairs {
    private long[] keys = new long[0];
    private int[] preferred = new int[0];
    private int[] other = new int[0];
    private int capacity;
    private int size;
    private int offers;

    /** Removes all pairs, and keeps at most {@code capacity} from now on. */
    void clear(int capacity) {
        if (keys.length < capacity) {
            keys = new long[capacity];
            preferred = new int[capacity];
            other = new int[capacity];
        }
        this.capacity = capacity;
        size = 0;
        offers = 0;
    }

    /**
     * Offers a pair.
     *
     * @param rank 0 or more
     * @return whether it was kept; if not, no later one with the same or a lower rank will be
     */
    boolean offer(float rank, int preferredSlot, int otherSlot) {
        long key = ((long) Float.floatToRawIntBits(rank) << 32) | (Integer.MAX_VALUE - offers++);
        if (size < capacity) {
            siftUp(size++, key, preferredSlot, otherSlot);
            return true;
        }
        if (key < keys[0]) {
            return false;
        }
        siftDown(key, preferredSlot, otherSlot);
        return true;
    }

    /** Empties the heap and returns the kept pairs by descending rank, equal ones in the order of their offers. */
    Slots drain() {
        int count = size;
        int[] preferredSlots = new int[count];
        int[] otherSlots = new int[count];
        for (int place = count - 1; place >= 0; place--) {
            preferredSlots[place] = preferred[0];
            otherSlots[place] = other[0];
            size--;
            siftDown(keys[size], preferred[size], other[size]);
        }
        return new Slots(preferredSlots, otherSlots);
    }

    private void siftUp(int hole, long key, int preferredSlot, int otherSlot) {
        while (hole > 0) {
            int parent = (hole - 1) >>> 1;
            if (keys[parent] <= key) {
                break;
            }
            move(parent, hole);
            hole = parent;
        }
        put(hole, key, preferredSlot, otherSlot);
    }

    /** Replaces the top pair. */
    private void siftDown(long key, int preferredSlot, int otherSlot) {
        int hole = 0;
        for (int child = 1; child < size; child = 2 * hole + 1) {
            if (child + 1 < size && keys[child + 1] < keys[child]) {
                child++;
            }
            if (key <= keys[child]) {
                break;
            }
            move(child, hole);
            hole = child;
        }
        put(hole, key, preferredSlot, otherSlot);
    }

    private void move(int from, int to) {
        put(to, keys[from], preferred[from], other[from]);
    }

    private void put(int place, long key, int preferredSlot, int otherSlot) {
        keys[place] = key;
        preferred[place] = preferredSlot;
        other[place] = otherSlot;
    }

    /**
     * Pairs of candidates.
     *
     * @param preferred slot of the preferred candidate of each pair
     * @param other slot of the other candidate of each pair
     */
    record Slots(int[] preferred, int[] other) {}
}
