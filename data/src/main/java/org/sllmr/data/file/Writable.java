// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.sllmr.configuration.InvalidInputException;

/** Checks that a path can be written to, before hours of work, by writing to it. */
public final class Writable {
    private Writable() {}

    /**
     * Checks that a file or folder can be created at a path whose parents need not exist yet, and removes what a killed
     * process left for it.
     *
     * @throws InvalidInputException if it cannot
     */
    public static void require(Path place) {
        Path absolute = place.toAbsolutePath().normalize();
        Path folder = absolute.getParent() == null ? absolute : requireFolder(place, absolute.getParent());
        try {
            probe(folder);
        } catch (IOException e) {
            throw new InvalidInputException(
                    place.toString(),
                    "folder " + folder + " cannot be written to: " + Reason.ofWriting(folder, e)
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

    /** The nearest of a folder and its parents that exists, which must be no file. */
    static Path requireFolder(Path place, Path folder) {
        Path existing = nearest(folder);
        if (isFile(existing)) {
            throw new InvalidInputException(
                    place.toString(), existing + " is a file, not a folder; choose another place");
        }
        return existing;
    }

    /** Asked once, since others may make and remove folders meanwhile. */
    private static boolean isFile(Path place) {
        try {
            return !Files.readAttributes(place, BasicFileAttributes.class).isDirectory();
        } catch (IOException gone) {
            return false;
        }
    }

    /** The folder itself, or the nearest parent that exists. */
    public static Path nearest(Path folder) {
        Path existing = folder;
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        return existing;
    }
}
