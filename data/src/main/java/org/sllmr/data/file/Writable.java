// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sllmr.configuration.InvalidInputException;

/** Whether something can be written to a place, found out before hours of work by writing something there. */
public final class Writable {
    private Writable() {}

    /**
     * Checks that a file or folder can be made at a place, whose folder need not be there yet, and removes what a process
     * that was killed had left for it.
     *
     * @throws InvalidInputException if it cannot
     */
    public static void require(Path place) {
        Path absolute = place.toAbsolutePath().normalize();
        Path folder = absolute.getParent() == null ? absolute : nearest(absolute.getParent());
        if (!Files.isDirectory(folder)) {
            throw new InvalidInputException(
                    place.toString(), folder + " is a file, not a folder; choose another place");
        }
        try {
            probe(folder);
        } catch (IOException e) {
            throw new InvalidInputException(
                    place.toString(),
                    "folder " + folder + " cannot be written to: " + Reason.of(e)
                            + "; choose another place, or change its permissions");
        }
        Unfinished.clear(absolute);
    }

    /**
     * Writes a file into a folder and removes it.
     *
     * @throws IOException if that fails
     */
    public static void probe(Path folder) throws IOException {
        Path file = Files.createTempFile(folder, ".sllmr", null);
        try {
            Files.write(file, new byte[] {0});
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** The folder itself, or the nearest one above it that is there. */
    public static Path nearest(Path folder) {
        Path existing = folder;
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        return existing;
    }
}
