// SPDX-License-Identifier: Apache-2.0
package org.sllmr.embedding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.sllmr.data.file.Sha256;

/** The key of a vector: the SHA-256 of its text as four numbers, lowest byte first. */
record TextKey(long first, long second, long third, long fourth) {
    /** Bytes of a key in a file. */
    static final int BYTES = 4 * Long.BYTES;

    static TextKey of(String text) {
        ByteBuffer hash = ByteBuffer.wrap(new Sha256().add(text).bytes());
        return read(hash.order(ByteOrder.LITTLE_ENDIAN), 0);
    }

    static TextKey read(ByteBuffer bytes, int at) {
        return new TextKey(
                bytes.getLong(at),
                bytes.getLong(at + Long.BYTES),
                bytes.getLong(at + 2 * Long.BYTES),
                bytes.getLong(at + 3 * Long.BYTES));
    }

    void write(ByteBuffer bytes) {
        bytes.putLong(first).putLong(second).putLong(third).putLong(fourth);
    }
}
