// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sllmr.configuration.InvalidInputException;

/** Deletes folders. */
public final class Folders {
    private static final Logger LOGGER = LoggerFactory.getLogger(Folders.class);

    private Folders() {}

    /**
     * Requires that a folder where results will be is missing, empty, or has results of the same kind.
     *
     * @param what what the results are, such as {@code experiment}
     * @param names files and folders, of which every folder of such results has one; hidden ones are not counted
     * @throws InvalidInputException if it has other files or folders only, or is a file
     */
    public static void requireOwn(Path folder, String what, Set<String> names) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            List<String> found = entries.map(entry -> String.valueOf(entry.getFileName()))
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
            if (!found.isEmpty() && found.stream().noneMatch(names::contains)) {
                throw new InvalidInputException(
                        folder.toString(),
                        "holds no " + what + ", but other things (" + found.get(0) + (found.size() > 1 ? ", ..." : "")
                                + "); give another --out");
            }
        } catch (NotDirectoryException e) {
            throw new InvalidInputException(folder.toString(), "is a file; give another --out");
        } catch (IOException e) {
            throw new InvalidInputException(folder.toString(), "cannot be listed: " + Reason.of(e));
        }
    }

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
