// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.vector;

import java.util.Arrays;
import java.util.List;
import org.sllmr.data.file.ColumnFile;

/**
 * The best items of each user so far: a heap per user with the worst item on top.
 *
 * <p>Of items with equal values, the one with the lower index is better, so the result does not depend on the order of
 * offers. An item that is offered again changes nothing. Threads may work on different users at once.
 */
final class TopItems {
    private final int capacity;
    private final int[] sizes;
    private final int[] items;
    private final float[] values;

    TopItems(int users, int capacity) {
        this.capacity = capacity;
        this.sizes = new int[users];
        this.items = new int[Math.multiplyExact(users, capacity)];
        this.values = new float[users * capacity];
    }

    /** Number of users. */
    int users() {
        return sizes.length;
    }

    /** The most items of a user. */
    int capacity() {
        return capacity;
    }

    /** Everything that it holds, for a file: sizes, items, values. */
    List<ColumnFile.Values> columns() {
        return List.of(new ColumnFile.Ints(sizes), new ColumnFile.Ints(items), new ColumnFile.Floats(values));
    }

    /**
     * Takes the place of everything that it holds.
     *
     * @return false, and nothing has changed, if these are not the columns of as many users with the same capacity
     */
    boolean restore(int[] otherSizes, int[] otherItems, float[] otherValues) {
        if (otherSizes.length != sizes.length
                || otherItems.length != items.length
                || otherValues.length != values.length
                || Arrays.stream(otherSizes).anyMatch(size -> size < 0 || size > capacity)) {
            return false;
        }
        System.arraycopy(otherSizes, 0, sizes, 0, sizes.length);
        System.arraycopy(otherItems, 0, items, 0, items.length);
        System.arraycopy(otherValues, 0, values, 0, values.length);
        return true;
    }

    /** The value below which an offered item cannot be kept. */
    float floor(int user) {
        return sizes[user] < capacity ? Float.NEGATIVE_INFINITY : values[user * capacity];
    }

    /** Keeps the item if it is among the user's best and not kept yet. */
    void offer(int user, int item, float value) {
        int base = user * capacity;
        if (contains(user, item)) {
            return;
        }
        if (sizes[user] < capacity) {
            rise(base, sizes[user]++, item, value);
        } else if (worse(values[base], items[base], value, item)) {
            sink(base, capacity, item, value);
        }
    }

    private boolean contains(int user, int item) {
        int base = user * capacity;
        for (int index = base; index < base + sizes[user]; index++) {
            if (items[index] == item) {
                return true;
            }
        }
        return false;
    }

    /** All users' items, best first; ends this object's use. */
    NearestItems sorted() {
        int[] offsets = new int[sizes.length + 1];
        for (int user = 0; user < sizes.length; user++) {
            int base = user * capacity;
            for (int size = sizes[user]; size > 1; size--) {
                int worstItem = items[base];
                float worstValue = values[base];
                sink(base, size - 1, items[base + size - 1], values[base + size - 1]);
                items[base + size - 1] = worstItem;
                values[base + size - 1] = worstValue;
            }
            offsets[user + 1] = offsets[user] + sizes[user];
            System.arraycopy(items, base, items, offsets[user], sizes[user]);
            System.arraycopy(values, base, values, offsets[user], sizes[user]);
        }
        int total = offsets[sizes.length];
        return new NearestItems(offsets, Arrays.copyOf(items, total), Arrays.copyOf(values, total));
    }

    private void rise(int base, int from, int item, float value) {
        int at = from;
        while (at > 0) {
            int parent = (at - 1) / 2;
            if (!worse(value, item, values[base + parent], items[base + parent])) {
                break;
            }
            items[base + at] = items[base + parent];
            values[base + at] = values[base + parent];
            at = parent;
        }
        items[base + at] = item;
        values[base + at] = value;
    }

    /** Replaces the top of the first {@code size} entries by an item, and sifts it down. */
    private void sink(int base, int size, int item, float value) {
        int at = 0;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size
                    && worse(
                            values[base + child + 1],
                            items[base + child + 1],
                            values[base + child],
                            items[base + child])) {
                child++;
            }
            if (!worse(values[base + child], items[base + child], value, item)) {
                break;
            }
            items[base + at] = items[base + child];
            values[base + at] = values[base + child];
            at = child;
        }
        items[base + at] = item;
        values[base + at] = value;
    }

    private static boolean worse(float value, int item, float otherValue, int otherItem) {
        return value < otherValue || (value == otherValue && item > otherItem);
    }
}
