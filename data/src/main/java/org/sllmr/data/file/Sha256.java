// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256, for hashes that identify content: datasets, configurations, questions, files of others.
 *
 * <p>{@code add} hashes a sequence of parts: each part is preceded by its length, so that different sequences never
 * give the same bytes. {@link #update} hashes plain bytes, such as those of a file.
 */
public final class Sha256 {
    private static final int INTS_AT_ONCE = 4096;
    private static final int BLOCK = 1 << 16;

    private final MessageDigest digest;

    /** The hash of no bytes yet. */
    public Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** The hash of a text in UTF-8, 64 hexadecimal digits. */
    public static String of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Sha256().update(bytes, 0, bytes.length).hex();
    }

    /** The hash of a file's bytes, 64 hexadecimal digits. */
    public static String of(Path file) throws IOException {
        Sha256 hash = new Sha256();
        byte[] block = new byte[BLOCK];
        try (InputStream stream = InputFile.stream(file)) {
            for (int read = stream.read(block); read >= 0; read = stream.read(block)) {
                hash.update(block, 0, read);
            }
        }
        return hash.hex();
    }

    /** Adds bytes without their length. */
    public Sha256 update(byte[] bytes, int from, int length) {
        digest.update(bytes, from, length);
        return this;
    }

    /** Adds a buffer's remaining bytes without their length; its position stays. */
    public Sha256 update(ByteBuffer bytes) {
        digest.update(bytes.duplicate());
        return this;
    }

    /** Adds a part. */
    public Sha256 add(byte[] part) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.length));
        digest.update(part);
        return this;
    }

    /** Adds a text, in UTF-8. */
    public Sha256 add(String part) {
        return add(part.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds whole numbers, high byte first. */
    public Sha256 add(int... part) {
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

    /** Adds single-precision numbers by their bits, high byte first. */
    public Sha256 add(float... part) {
        ByteBuffer buffer = ByteBuffer.allocate(Float.BYTES * Math.min(INTS_AT_ONCE, part.length + 1));
        digest.update(buffer.putInt(part.length).flip());
        for (int from = 0; from < part.length; from += buffer.position() / Float.BYTES) {
            buffer.clear();
            int count = Math.min(buffer.capacity() / Float.BYTES, part.length - from);
            buffer.asFloatBuffer().put(part, from, count);
            digest.update(buffer.limit(count * Float.BYTES));
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
