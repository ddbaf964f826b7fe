// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A zip archive of one file. */
final class ZippedFile {
    private static final int NAMES_SHOWN = 5;

    private ZippedFile() {}

    /** The name of the one file inside. */
    static String name(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return entry(zip).getName();
        } catch (ZipException e) {
            throw damaged(e);
        }
    }

    /** Opens the one file inside; its size and checksum are checked at its end. */
    static InputStream open(Path file) throws IOException {
        try {
            ZipFile zip = new ZipFile(file.toFile());
            try {
                ZipEntry entry = entry(zip);
                return Unpacked.of(new Checked(zip, entry));
            } catch (IOException | RuntimeException e) {
                zip.close();
                throw e;
            }
        } catch (ZipException e) {
            throw damaged(e);
        }
    }

    private static UnreadableException damaged(ZipException e) {
        return new UnreadableException("the zip archive is damaged or truncated; copy or download the file again", e);
    }

    private static ZipEntry entry(ZipFile zip) throws IOException {
        List<? extends ZipEntry> files = zip.stream()
                .filter(entry -> !entry.isDirectory())
                // Added by macOS.
                .filter(entry -> !entry.getName().startsWith("__MACOSX/")
                        && !entry.getName().endsWith(".DS_Store"))
                .toList();
        if (files.size() != 1) {
            List<String> names =
                    files.stream().limit(NAMES_SHOWN).map(ZipEntry::getName).toList();
            throw new UnreadableException("is a zip archive of " + files.size() + " files ("
                    + String.join(", ", names) + (files.size() > NAMES_SHOWN ? ", ..." : "")
                    + "), only one can be read; unpack it and name the file");
        }
        return files.get(0);
    }

    private static final class Checked extends FilterInputStream {
        private final ZipFile zip;
        private final ZipEntry entry;
        private final CRC32 checksum;

        private Checked(ZipFile zip, ZipEntry entry) throws IOException {
            this(zip, entry, new CRC32());
        }

        private Checked(ZipFile zip, ZipEntry entry, CRC32 checksum) throws IOException {
            super(new CheckedInputStream(zip.getInputStream(entry), checksum));
            this.zip = zip;
            this.entry = entry;
            this.checksum = checksum;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            int count = super.read(target, from, length);
            if (count < 0 && checksum.getValue() != entry.getCrc()) {
                throw new ZipException("the checksum differs");
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            super.close();
            zip.close();
        }
    }
}
