// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.ArrayList;
import java.util.List;

/** A growing list of numbers that becomes one array at the end; growing copies nothing. */
final class IntChunks {
    private static final int BITS = 16;

    private final List<int[]> chunks = new ArrayList<>();
    private int size;

    void add(int value) {
        int within = size & ((1 << BITS) - 1);
        if (within == 0 && size >>> BITS == chunks.size()) {
            chunks.add(new int[1 << BITS]);
        }
        chunks.get(size >>> BITS)[within] = value;
        size++;
    }

    /** All numbers in order; the list is empty afterwards, and its memory is given back while it is copied. */
    int[] drain() {
        int[] array = new int[size];
        for (int from = 0; from < size; from += 1 << BITS) {
            System.arraycopy(chunks.get(from >>> BITS), 0, array, from, Math.min(1 << BITS, size - from));
            chunks.set(from >>> BITS, new int[0]);
        }
        chunks.clear();
        size = 0;
        return array;
    }
}
