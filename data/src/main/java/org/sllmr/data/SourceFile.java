// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file that a dataset was made from.
 *
 * @param name file name without its folder
 * @param size bytes
 * @param sha256 hash of the bytes as stored (of the compressed ones, for a compressed file), hexadecimal
 */
public record SourceFile(String name, long size, String sha256) {
    /** Reads a file for its size and hash. */
    public static SourceFile of(Path file) throws IOException {
        MessageDigest digest = newDigest();
        byte[] block = new byte[1 << 16];
        long size = 0;
        try (InputStream stream = Files.newInputStream(file)) {
            for (int read = stream.read(block); read >= 0; read = stream.read(block)) {
                digest.update(block, 0, read);
                size += read;
            }
        }
        return new SourceFile(
                String.valueOf(file.getFileName()), size, HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
