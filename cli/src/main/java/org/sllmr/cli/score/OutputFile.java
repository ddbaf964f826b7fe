// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import java.nio.file.Files;
import java.nio.file.Path;
import org.sllmr.configuration.InvalidInputException;

/** Checks a file that is to be written, before work is spent on what goes into it. */
final class OutputFile {
    private OutputFile() {}

    /**
     * Checks that a file may be written.
     *
     * @throws InvalidInputException if it exists and may not be replaced, or can never be a file
     */
    static void check(Path file, boolean replace) {
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
}
