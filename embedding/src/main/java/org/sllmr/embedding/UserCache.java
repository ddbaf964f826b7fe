// SPDX-License-Identifier: Apache-2.0
package org.sllmr.embedding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The user's cache folder: {@code $XDG_CACHE_HOME}, or {@code .cache} in the home folder. */
public final class UserCache {
    private UserCache() {}

    /**
     * A folder of this program in the user's cache, created if missing.
     *
     * @param name of the folder
     * @return the folder; empty if the user has no home folder or cannot write there, as in a container that runs with
     *     an unknown user id
     */
    public static Optional<Path> folder(String name) {
        return root().flatMap(cache -> writable(cache.resolve("sllmr").resolve(name)));
    }

    private static Optional<Path> root() {
        String base = System.getenv("XDG_CACHE_HOME");
        if (base != null && !base.isBlank()) {
            return Optional.of(Path.of(base));
        }
        // Java returns "?" for a user without a home folder.
        Path home = Path.of(System.getProperty("user.home", "?"));
        return home.isAbsolute() ? Optional.of(home.resolve(".cache")) : Optional.empty();
    }

    private static Optional<Path> writable(Path folder) {
        try {
            Files.createDirectories(folder);
            return Files.isWritable(folder) ? Optional.of(folder) : Optional.empty();
        } catch (IOException notWritable) {
            return Optional.empty();
        }
    }
}
