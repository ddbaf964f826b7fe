// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Why a file could not be read or written, as text for a message. */
public final class Reason {
    private Reason() {}

    /** Such as {@code no permission}, or the system's message; never empty. */
    public static String of(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "no permission";
        } else if (failure instanceof NoSuchFileException) {
            return "no such file or folder";
        } else if (failure instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        String message = failure.getMessage();
        return failure.getClass() == IOException.class && message != null ? message : failure.toString();
    }

    /** The file that could not be read or written, where the failure names it. */
    public static Optional<String> file(IOException failure) {
        return failure instanceof FileSystemException system ? Optional.ofNullable(system.getFile()) : Optional.empty();
    }

    /**
     * The failure to write a file, with the file's name: of a full disk the system says only that it is full.
     *
     * @return the failure itself if it is of another kind, or names the file already
     */
    public static IOException named(Path file, IOException failure) {
        String message = failure.getMessage();
        if (failure.getClass() != IOException.class || message == null || message.contains(file.toString())) {
            return failure;
        }
        IOException named = new FileSystemException(file.toString(), null, message);
        named.initCause(failure);
        return named;
    }
}
