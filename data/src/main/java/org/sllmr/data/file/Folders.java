// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes folders. */
public final class Folders {
    private static final Logger LOGGER = LoggerFactory.getLogger(Folders.class);

    private Folders() {}

    /**
     * Deletes a folder with all its contents, or a file, if it exists.
     *
     * <p>A failure is logged, not thrown, so that it does not hide the error that led to the clean-up.
     */
    public static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            LOGGER.warn("{} could not be removed: {}", folder, e.getMessage());
        }
    }
}
