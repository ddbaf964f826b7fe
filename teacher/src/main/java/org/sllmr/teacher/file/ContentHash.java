// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over a sequence of parts, each preceded by its length so that no two sequences look alike. */
public final class ContentHash {
    private static final int INTS_AT_ONCE = 4096;

    private final MessageDigest digest;

    /** The hash of nothing yet. */
    public ContentHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** Adds bytes. */
    public ContentHash add(byte[] part) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.length));
        digest.update(part);
        return this;
    }

    /** Adds a text, in UTF-8. */
    public ContentHash add(String part) {
        return add(part.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds whole numbers, high byte first. */
    public ContentHash add(int... part) {
        ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES * Math.min(INTS_AT_ONCE, part.length + 1));
        digest.update(buffer.putInt(part.length).flip());
        for (int from = 0; from < part.length; from += buffer.position() / Integer.BYTES) {
            buffer.clear();
            int count = Math.min(buffer.capacity() / Integer.BYTES, part.length - from);
            buffer.asIntBuffer().put(part, from, count);
            digest.update(buffer.limit(count * Integer.BYTES));
        }
        return this;
    }

    /** The hash, 32 bytes; ends this object's use. */
    public byte[] bytes() {
        return digest.digest();
    }

    /** The hash, 64 hexadecimal digits; ends this object's use. */
    public String hex() {
        return HexFormat.of().formatHex(bytes());
    }
}
