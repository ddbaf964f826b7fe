// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import java.util.Arrays;
import java.util.Objects;

/**
 * Different strings, numbered in the order in which they came, found by their hash.
 *
 * <p>A slot of the table takes one int where an entry of a map takes two objects: a million ids then need 8 MB beside
 * the strings instead of 60, and are looked up without following pointers.
 */
final class StringIndex {
    /** 2^32 divided by the golden ratio: spreads the hashes of ids that differ in their last characters. */
    private static final int GOLDEN = 0x9e3779b9;

    private String[] values;
    private int size;

    /** Number of a string, plus 1; 0 for a free slot. At most half of them are taken. */
    private int[] slots;

    private int shift;

    /** An empty index with room for some strings. */
    StringIndex(int expected) {
        values = new String[Math.max(16, expected)];
        makeSlots(values.length);
    }

    /** The same strings again, to go on with independently. */
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
        return slots[slot(value)] - 1;
    }

    /** The number of a string, which is the next free one if it is new. */
    int add(String value) {
        int slot = slot(value);
        if (slots[slot] > 0) {
            return slots[slot] - 1;
        }
        if (size == values.length) {
            values = Arrays.copyOf(values, Math.multiplyExact(2, size));
        }
        if (2 * (size + 1) > slots.length) {
            makeSlots(Math.multiplyExact(2, size));
            for (int number = 0; number < size; number++) {
                slots[slot(values[number])] = number + 1;
            }
            slot = slot(value);
        }
        values[size] = value;
        slots[slot] = ++size;
        return size - 1;
    }

    /** Where a string stands, or the free slot where it belongs. */
    private int slot(String value) {
        int slot = (value.hashCode() * GOLDEN) >>> shift;
        while (slots[slot] != 0 && !values[slots[slot] - 1].equals(value)) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private void makeSlots(int strings) {
        int bits = 33 - Integer.numberOfLeadingZeros(Math.max(15, strings - 1));
        if (bits > 30) {
            throw new IllegalStateException("a vocabulary holds at most " + (1 << 29) + " values");
        }
        slots = new int[1 << bits];
        shift = 32 - bits;
    }
}
