// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.sllmr.configuration.InvalidInputException;

/**
 * Opens files to read.
 *
 * <p>Of a folder the system says only {@code Is a directory}, and does not say which; the opening of a pipe waits
 * until somebody writes.
 */
public final class InputFile {
    private InputFile() {}

    /**
     * The path that a text names.
     *
     * @param source where the text stands, such as a file; begins the message
     * @throws InvalidInputException if no path has this text: it has a NUL, or characters that the locale lacks
     */
    public static Path path(String source, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new InvalidInputException(source, "'" + text + "' is not a path here: " + e.getReason());
        }
    }

    /**
     * Requires that a path is no folder, pipe or device.
     *
     * @throws InvalidInputException if it is one
     */
    public static void requireFile(Path file) {
        if (Files.isDirectory(file)) {
            throw new InvalidInputException(file.toString(), "is a folder, but a file is needed");
        } else if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new InvalidInputException(file.toString(), "is a pipe or device, but a file is needed");
        }
    }

    /**
     * Opens a file to read.
     *
     * @throws InvalidInputException if it is a folder, pipe or device
     * @throws IOException if it cannot be opened; it names the file
     */
    public static FileChannel open(Path file) throws IOException {
        requireFile(file);
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    /**
     * A file's bytes as a stream, without a buffer.
     *
     * @throws InvalidInputException if it is a folder, pipe or device
     * @throws IOException if it cannot be opened; it names the file
     */
    public static InputStream stream(Path file) throws IOException {
        requireFile(file);
        return Files.newInputStream(file);
    }

    /**
     * All bytes of a file.
     *
     * @throws InvalidInputException if it is a folder, pipe or device
     * @throws IOException if it cannot be read; it names the file
     */
    public static byte[] bytes(Path file) throws IOException {
        requireFile(file);
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw Reason.named(file, e);
        }
    }
}
