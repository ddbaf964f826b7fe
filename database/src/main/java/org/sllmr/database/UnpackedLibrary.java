// SPDX-License-Identifier: Apache-2.0
package org.sllmr.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DuckDB's native library, 70 MB, which its driver unpacks into a temporary file for each process and removes at the
 * end of the process. A killed process would leave it, so it is removed as soon as it is loaded, where the system
 * allows that and tells its name: on Linux.
 */
final class UnpackedLibrary {
    private static final Logger LOGGER = LoggerFactory.getLogger(UnpackedLibrary.class);
    private static final Path MAPS = Path.of("/proc/self/maps");
    private static final Pattern NAME = Pattern.compile("libduckdb_java[0-9]+\\.so");

    private UnpackedLibrary() {}

    /** Removes the file of the library that this process has loaded, if there is one. */
    static void remove() {
        if (!Files.isReadable(MAPS)) {
            return;
        }
        try {
            for (Path file : loaded()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            LOGGER.debug("the unpacked library stays until the process ends", e);
        }
    }

    private static List<Path> loaded() throws IOException {
        try (Stream<String> lines = Files.lines(MAPS)) {
            return lines.filter(line -> line.contains("libduckdb_java"))
                    .map(line -> Path.of(line.substring(line.indexOf('/'))))
                    .filter(file -> NAME.matcher(file.getFileName().toString()).matches())
                    .distinct()
                    .toList();
        }
    }
}
