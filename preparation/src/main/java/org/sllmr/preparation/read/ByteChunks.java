// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.ArrayList;
import java.util.List;

/** A growing list of bytes that becomes one array at the end; growing copies nothing. */
final class ByteChunks {
    private static final int BITS = 18;

    private final List<byte[]> chunks = new ArrayList<>();
    private int size;

    void add(byte value) {
        int within = size & ((1 << BITS) - 1);
        if (within == 0 && size >>> BITS == chunks.size()) {
            chunks.add(new byte[1 << BITS]);
        }
        chunks.get(size >>> BITS)[within] = value;
        size++;
    }

    /** All bytes in order; the list is empty afterwards, and its memory is given back while it is copied. */
    byte[] drain() {
        byte[] array = new byte[size];
        for (int from = 0; from < size; from += 1 << BITS) {
            System.arraycopy(chunks.get(from >>> BITS), 0, array, from, Math.min(1 << BITS, size - from));
            chunks.set(from >>> BITS, new byte[0]);
        }
        chunks.clear();
        size = 0;
        return array;
    }
}
