// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Distinct strings, numbered in order of first appearance, found by their hash.
 *
 * <p>A slot of the table holds hash and number in eight bytes; an entry of a {@code HashMap} takes two objects. A
 * look-up among millions spends nearly all its time waiting for memory, so strings are looked up in batches, step by
 * step, and the processor waits for many of them at once.
 */
final class StringIndex {
    /** 2^32 divided by the golden ratio: spreads the hashes of ids that differ in their last characters. */
    private static final int GOLDEN = 0x9e3779b9;

    private static final int BATCH = 256;
    private static final long NUMBER_MASK = 0xffff_ffffL;

    private String[] values;
    private int size;

    /** The hash of a string in the upper half, its number plus 1 in the lower; 0 for a free slot. At most half are taken. */
    private long[] slots;

    private int shift;

    /** An empty index with room for some strings. */
    StringIndex(int expected) {
        values = new String[Math.max(1, expected)];
        makeSlots(values.length);
    }

    /** An independent copy. */
    StringIndex(StringIndex other) {
        values = Arrays.copyOf(other.values, other.size);
        size = other.size;
        slots = other.slots.clone();
        shift = other.shift;
    }

    int size() {
        return size;
    }

    String value(int number) {
        return values[Objects.checkIndex(number, size)];
    }

    /** The strings, {@code [size]}; a copy. */
    String[] values() {
        return Arrays.copyOf(values, size);
    }

    /** The number of a string, or -1. */
    int find(String value) {
        return number(slots[slot(value, value.hashCode())]);
    }

    /** The number of a string; a new string gets the next free number. */
    int add(String value) {
        int hash = value.hashCode();
        int slot = slot(value, hash);
        if (slots[slot] != 0) {
            return number(slots[slot]);
        }
        if (size == values.length) {
            values = Arrays.copyOf(values, Math.multiplyExact(2, size));
        }
        if (2 * (size + 1) > slots.length) {
            grow();
            slot = slot(value, hash);
        }
        values[size] = value;
        slots[slot] = entry(hash, ++size);
        return size - 1;
    }

    /** Adds {@code strings[0, count)} in order, as {@link #add(String)}. */
    void add(String[] strings, int count, int[] numbers) {
        int room = Math.min(BATCH, count);
        int[] hashes = new int[room];
        long[] entries = new long[room];
        @Nullable String[] candidates = new String[room];
        for (int from = 0; from < count; from += BATCH) {
            int some = Math.min(BATCH, count - from);
            for (int at = 0; at < some; at++) {
                hashes[at] = strings[from + at].hashCode();
                entries[at] = slots[home(hashes[at])];
            }
            for (int at = 0; at < some; at++) {
                if (entries[at] != 0 && hash(entries[at]) != hashes[at]) {
                    entries[at] = slots[slot(hashes[at])];
                }
                candidates[at] = entries[at] == 0 ? null : values[number(entries[at])];
            }
            for (int at = 0; at < some; at++) {
                boolean known = strings[from + at].equals(candidates[at]);
                numbers[from + at] = known ? number(entries[at]) : -1;
            }
            // In order, because a new string gets the next number.
            for (int at = from; at < from + some; at++) {
                if (numbers[at] < 0) {
                    numbers[at] = add(strings[at]);
                }
            }
        }
    }

    /** The slot of a string, or the free slot where it belongs. */
    private int slot(String value, int hash) {
        int slot = slot(hash);
        while (slots[slot] != 0 && !(hash(slots[slot]) == hash && values[number(slots[slot])].equals(value))) {
            slot = next(slot);
        }
        return slot;
    }

    /** The first slot with that hash, or the first free slot if there is none. */
    private int slot(int hash) {
        int slot = home(hash);
        while (slots[slot] != 0 && hash(slots[slot]) != hash) {
            slot = next(slot);
        }
        return slot;
    }

    private int home(int hash) {
        return (hash * GOLDEN) >>> shift;
    }

    private int next(int slot) {
        return (slot + 1) & (slots.length - 1);
    }

    private static long entry(int hash, int numberPlusOne) {
        return ((long) hash << 32) | numberPlusOne;
    }

    private static int hash(long entry) {
        return (int) (entry >>> 32);
    }

    private static int number(long entry) {
        return (int) (entry & NUMBER_MASK) - 1;
    }

    private void grow() {
        long[] before = slots;
        makeSlots(Math.multiplyExact(2, size));
        for (long entry : before) {
            if (entry != 0) {
                int slot = home(hash(entry));
                while (slots[slot] != 0) {
                    slot = next(slot);
                }
                slots[slot] = entry;
            }
        }
    }

    private void makeSlots(int strings) {
        int bits = 33 - Integer.numberOfLeadingZeros(Math.max(15, strings - 1));
        if (bits > 30) {
            throw new IllegalStateException("a vocabulary holds at most " + (1 << 29) + " values");
        }
        slots = new long[1 << bits];
        shift = 32 - bits;
    }
}
