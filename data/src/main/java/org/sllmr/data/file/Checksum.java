// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.file;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * CRC-32C (RFC 3720, appendix B.4), the checksum of everything that this program writes and reads back.
 *
 * <p>It protects against damage, not forgery. It detects every change within 32 consecutive bits, and any other change
 * except for one in four billion. Processors have an instruction for it, so checking costs less than reading.
 */
public final class Checksum {
    /** Number of characters of {@link #text}. */
    public static final int LENGTH = 15;

    private final CRC32C sum = new CRC32C();

    /** Adds bytes. */
    public Checksum add(byte[] bytes, int from, int length) {
        sum.update(bytes, from, length);
        return this;
    }

    /** Adds bytes. */
    public Checksum add(byte[] bytes) {
        return add(bytes, 0, bytes.length);
    }

    /** Adds the remaining bytes of a buffer, whose position does not change. */
    public Checksum add(ByteBuffer bytes) {
        sum.update(bytes.duplicate());
        return this;
    }

    /** The checksum of everything added so far. */
    public int value() {
        return (int) sum.getValue();
    }

    /** The checksum of everything added so far in its form for text files, such as {@code crc32c:0f1e2d3c}. */
    public String text() {
        return "crc32c:" + HexFormat.of().toHexDigits(value());
    }
}
