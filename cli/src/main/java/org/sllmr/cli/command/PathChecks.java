// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.command;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.InputFile;
import org.sllmr.data.file.Reason;
import org.sllmr.data.file.Writable;

/** Checks paths before the work, and names the path if writing fails. */
public final class PathChecks {
    private PathChecks() {}

    /** Writes a file or folder. */
    @FunctionalInterface
    public interface Writer {
        /** Writes it atomically. */
        void run() throws IOException;
    }

    /**
     * Checks that a file can be read.
     *
     * @throws InvalidInputException if it does not exist or is a folder, pipe or device
     */
    public static void checkFile(Path file) {
        InputFile.requireFile(file);
        if (!Files.exists(file)) {
            throw new InvalidInputException(file.toString(), "does not exist; check the path");
        }
    }

    /**
     * Checks that a file may and can be written.
     *
     * @throws InvalidInputException if it exists and must not be replaced, or cannot be written
     */
    public static void checkFree(Path file, boolean replace) {
        if (Files.isDirectory(file)) {
            throw new InvalidInputException(file.toString(), "is a folder; name a file in it");
        }
        if (Files.exists(file) && !replace) {
            throw new InvalidInputException(file.toString(), "exists already; name another file, or add --replace");
        }
        Writable.require(file);
    }

    /**
     * Writes to a path.
     *
     * @throws InvalidInputException if it cannot be written
     * @throws ClosedByInterruptException if the user stopped it
     */
    public static void write(Path place, Writer writing) throws ClosedByInterruptException {
        try {
            writing.run();
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw new InvalidInputException(
                    place.toString(),
                    "cannot be written: " + Reason.of(e)
                            + "; free some space or choose another path (nothing was left behind)");
        }
    }
}
