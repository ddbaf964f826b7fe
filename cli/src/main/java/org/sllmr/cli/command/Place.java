// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.command;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sllmr.configuration.InvalidInputException;

/** Looks at a place that the user named, before work is spent on it, and names it when writing there fails. */
public final class Place {
    private Place() {}

    /** Writes something. */
    @FunctionalInterface
    public interface Writing {
        /** Writes it, whole or not at all. */
        void run() throws IOException;
    }

    /**
     * Checks that a file can be read.
     *
     * @throws InvalidInputException if there is none
     */
    public static void checkFile(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException(
                    file.toString(),
                    Files.isDirectory(file) ? "is a folder, a file is needed" : "does not exist; check the path");
        }
    }

    /**
     * Checks that a file may be written.
     *
     * @throws InvalidInputException if it exists and may not be replaced, or can never be a file
     */
    public static void checkFree(Path file, boolean replace) {
        if (Files.isDirectory(file)) {
            throw new InvalidInputException(file.toString(), "is a folder; name a file in it");
        }
        if (Files.exists(file) && !replace) {
            throw new InvalidInputException(file.toString(), "exists already; name another file, or add --replace");
        }
        Path folder = file.toAbsolutePath().getParent();
        while (folder != null && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        if (folder != null && !Files.isDirectory(folder)) {
            throw new InvalidInputException(file.toString(), folder + " is a file, not a folder; choose another place");
        }
        if (folder != null && !Files.isWritable(folder)) {
            throw new InvalidInputException(
                    file.toString(), "folder " + folder + " cannot be written to; choose another place");
        }
    }

    /**
     * Writes to a place; a failure names it.
     *
     * @throws InvalidInputException if it cannot be written
     * @throws ClosedByInterruptException if the user stopped it
     */
    public static void write(Path place, Writing writing) throws ClosedByInterruptException {
        try {
            writing.run();
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            String reason = e instanceof FileSystemException failure && failure.getReason() != null
                    ? failure.getReason()
                    : String.valueOf(e.getMessage());
            throw new InvalidInputException(
                    place.toString(),
                    "cannot be written: " + reason
                            + "; free some space or choose another place (nothing was left behind)");
        }
    }
}
