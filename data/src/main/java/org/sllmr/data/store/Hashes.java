// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.store;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.sllmr.data.file.Checksum;
import org.sllmr.data.file.Sha256;

/** Hashes of a dataset and its files. */
final class Hashes {
    private Hashes() {}

    /** Encodes a column file without storing it, for its size and hash. */
    static Manifest.StoredFile of(DatasetFile file) {
        Sums sums = new Sums(OutputStream.nullOutputStream());
        try {
            file.writeTo(sums);
        } catch (IOException e) {
            throw new IllegalStateException("hashing failed", e);
        }
        return sums.of(file.name());
    }

    /**
     * The hash that identifies a dataset, over the names of its fields and the names, sizes and hashes of its column
     * files.
     */
    static String content(List<String> fieldNames, List<Manifest.StoredFile> files) {
        StringBuilder text = new StringBuilder();
        fieldNames.forEach(name -> text.append(name).append('\n'));
        for (Manifest.StoredFile file : files) {
            text.append(file.name()).append(' ').append(file.size()).append(' ');
            text.append(file.sha256()).append('\n');
        }
        return Sha256.of(text.toString());
    }

    /** Passes bytes on and sums them up; used up by {@link #of}. */
    static final class Sums extends OutputStream {
        private final OutputStream target;
        private final Sha256 hash = new Sha256();
        private final Checksum checksum = new Checksum();
        private long count;

        Sums(OutputStream target) {
            this.target = target;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            hash.update(bytes, offset, length);
            checksum.add(bytes, offset, length);
            count += length;
            target.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            target.close();
        }

        /** Size and hashes of what was written, as those of a file. */
        Manifest.StoredFile of(String name) {
            return new Manifest.StoredFile(name, count, hash.hex(), checksum.text());
        }
    }
}
