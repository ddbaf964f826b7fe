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

/** Removing what was written and is not wanted. */
public final class Folders {
    private static final Logger LOGGER = LoggerFactory.getLogger(Folders.class);

    private Folders() {}

    /**
     * Deletes a folder with all it holds, or a file; does nothing if there is none.
     *
     * <p>A failure is logged, not thrown: what is deleted here is left over, and must not hide why.
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
