// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;

/** Why a file could not be read or written, as text for a message. */
public final class Reason {
    private static final String UNKNOWN = "the system gives no reason";

    private Reason() {}

    /** Such as {@code no permission}, or the system's message; never empty, and never a name of Java's. */
    public static String of(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "no permission";
        } else if (failure instanceof NoSuchFileException) {
            return "no such file or folder";
        } else if (failure instanceof FileAlreadyExistsException) {
            return "a file or folder of that name exists already";
        } else if (failure instanceof DirectoryNotEmptyException) {
            return "the folder is not empty";
        } else if (failure instanceof NotDirectoryException) {
            return "it is not a folder";
        } else if (failure instanceof CharacterCodingException) {
            return "it is not text in the expected encoding";
        } else if (failure instanceof EOFException) {
            return "it ends early";
        } else if (failure instanceof FileSystemException system) {
            // Without a reason, its message is the file's name.
            return system.getReason() != null ? system.getReason() : UNKNOWN;
        }
        String message = failure.getMessage();
        return message == null || message.isBlank() ? UNKNOWN : message;
    }

    /** Why nothing can be written into a folder; some folders of the system say that the new file does not exist. */
    public static String ofWriting(Path folder, IOException failure) {
        return failure instanceof NoSuchFileException && Files.isDirectory(folder)
                ? "no files can be made there"
                : of(failure);
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
