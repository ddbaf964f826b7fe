// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.file;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A folder that is made for a file, and may go before the file is there: a released lock removes the folder that it made. */
final class EmptyFolder {
    private static final int ATTEMPTS = 20;

    private EmptyFolder() {}

    /** Makes a file. */
    @FunctionalInterface
    interface Making<T> {
        T make() throws IOException;
    }

    /**
     * Makes a file in a folder, which is made first, and again if it goes.
     *
     * @param file in the folder
     */
    static <T> T fill(Path folder, Path file, Making<T> making) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                Files.createDirectories(folder);
                return making.make();
            } catch (NoSuchFileException | FileAlreadyExistsException e) {
                if (attempt == ATTEMPTS || !isOf(e, folder, file)) {
                    throw e;
                }
            }
        }
    }

    private static boolean isOf(FileSystemException e, Path folder, Path file) {
        return folder.toString().equals(e.getFile()) || file.toString().equals(e.getFile());
    }
}
