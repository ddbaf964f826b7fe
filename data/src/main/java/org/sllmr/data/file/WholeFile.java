// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes files completely or not at all: to a temporary file in the same folder, forced to the device, then moved. */
public final class WholeFile {
    private WholeFile() {}

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {
        /** Writes everything to a file that does not exist yet. */
        void write(Path file) throws IOException;
    }

    /**
     * Writes a file, replacing an existing one; missing folders are created.
     *
     * @throws IOException if that fails; an existing file is then unchanged, and nothing is left beside it
     */
    public static void write(Path file, Content content) throws IOException {
        Path target = file.toAbsolutePath().normalize();
        Path folder = target.getParent();
        if (folder == null) {
            throw new IOException(file + " is not a file name");
        }
        Path beside = Unfinished.beside(target);
        try {
            try {
                EmptyFolder.fill(folder, beside, () -> {
                    content.write(beside);
                    return beside;
                });
                try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
            } catch (IOException e) {
                throw Reason.named(file, e);
            }
            try {
                Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException unsupported) {
                Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** Writes a text in UTF-8, as {@link #write(Path, Content)}. */
    public static void write(Path file, String text) throws IOException {
        write(file, beside -> Files.writeString(beside, text, StandardCharsets.UTF_8));
    }
}
