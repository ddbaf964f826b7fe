// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.sllmr.configuration.InvalidInputException;

/** Opens files to read. Of a folder the system says only {@code Is a directory}, and does not say which. */
public final class InputFile {
    private InputFile() {}

    /**
     * Requires that a path is no folder.
     *
     * @throws InvalidInputException if it is one
     */
    public static void requireNoFolder(Path file) {
        if (Files.isDirectory(file)) {
            throw new InvalidInputException(file.toString(), "is a folder, but a file is needed");
        }
    }

    /**
     * Opens a file to read.
     *
     * @throws InvalidInputException if it is a folder
     * @throws IOException if it cannot be opened; it names the file
     */
    public static FileChannel open(Path file) throws IOException {
        requireNoFolder(file);
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    /**
     * All bytes of a file.
     *
     * @throws InvalidInputException if it is a folder
     * @throws IOException if it cannot be read; it names the file
     */
    public static byte[] bytes(Path file) throws IOException {
        requireNoFolder(file);
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw Reason.named(file, e);
        }
    }
}
