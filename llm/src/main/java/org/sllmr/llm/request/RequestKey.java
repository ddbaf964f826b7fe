// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.request;

import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * Identifies a request by a hash of its content, so that a restarted run recognizes questions that were asked before.
 *
 * @param high the first 64 bits of the hash
 * @param low the next 64 bits
 */
public record RequestKey(long high, long low) {
    static RequestKey of(byte[] hash) {
        ByteBuffer buffer = ByteBuffer.wrap(hash);
        return new RequestKey(buffer.getLong(), buffer.getLong());
    }

    /**
     * The key that {@link #toString()} wrote.
     *
     * @throws IllegalArgumentException if the text is not a key
     */
    public static RequestKey of(String text) {
        if (text.length() != 2 * 2 * Long.BYTES) {
            throw new IllegalArgumentException("'" + text + "' is not a request key");
        }
        return new RequestKey(
                Long.parseUnsignedLong(text.substring(0, 2 * Long.BYTES), 16),
                Long.parseUnsignedLong(text.substring(2 * Long.BYTES), 16));
    }

    /** 32 hexadecimal digits. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%016x%016x", high, low);
    }
}
