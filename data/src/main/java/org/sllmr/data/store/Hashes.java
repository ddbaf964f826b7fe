// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 of what a dataset holds. */
final class Hashes {
    private Hashes() {}

    /** Encodes a column file to nowhere, for its size and hash. */
    static Manifest.StoredFile of(ColumnFile file) {
        MessageDigest digest = sha256();
        Counter counter = new Counter();
        try (DigestOutputStream stream = new DigestOutputStream(counter, digest)) {
            file.writeTo(stream);
        } catch (IOException e) {
            throw new IllegalStateException("writing to nowhere failed", e);
        }
        return new Manifest.StoredFile(file.name(), counter.count, hex(digest));
    }

    /** The hash that identifies a dataset: names of its fields, and names, sizes and hashes of its column files. */
    static String content(List<String> fieldNames, List<Manifest.StoredFile> files) {
        MessageDigest digest = sha256();
        for (String name : fieldNames) {
            digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
        }
        for (Manifest.StoredFile file : files) {
            digest.update(
                    (file.name() + " " + file.size() + " " + file.sha256() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return hex(digest);
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static final class Counter extends OutputStream {
        private long count;

        @Override
        public void write(int value) {
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            count += length;
        }
    }
}
