// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.supervision;

/**
 * The pairs with the largest differences of all that were offered; of equal ones, those offered first.
 *
 * <p>A heap of packed longs, the worst kept pair on top: the difference's float bits, which rise with the value as it
 * is never negative, above the complement of the offer's number. Reused from step to step; not thread-safe.
 */
final class LargestDifferences {
    private long[] keys = new long[0];
    private int[] preferred = new int[0];
    private int[] other = new int[0];
    private int capacity;
    private int size;
    private int offers;

    /** Forgets all pairs, and keeps at most {@code capacity} from now on. */
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
     * @return whether it was kept; if not, no later one with the same or a smaller difference will be
     */
    boolean offer(float difference, int preferredSlot, int otherSlot) {
        long key = ((long) Float.floatToRawIntBits(difference) << 32) | (Integer.MAX_VALUE - offers++);
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

    int size() {
        return size;
    }

    /** The kept pairs by falling difference, and among equal ones in the order of their offers; empties the heap. */
    Pairs drain() {
        int count = size;
        int[] preferredSlots = new int[count];
        int[] otherSlots = new int[count];
        float[] differences = new float[count];
        for (int place = count - 1; place >= 0; place--) {
            preferredSlots[place] = preferred[0];
            otherSlots[place] = other[0];
            differences[place] = Float.intBitsToFloat((int) (keys[0] >>> 32));
            size--;
            siftDown(keys[size], preferred[size], other[size]);
        }
        return new Pairs(preferredSlots, otherSlots, differences);
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

    /** Puts a pair in place of the top one. */
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
}
