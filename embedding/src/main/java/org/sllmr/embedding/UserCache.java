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
     * A folder of this program in the user's cache, which is made where there is none.
     *
     * @param name of the folder
     * @return the folder; empty where the user has no home folder or must not write there, as in a container that runs
     *     under the number of a user whom it does not know
     */
    public static Optional<Path> folder(String name) {
        return root().flatMap(cache -> writable(cache.resolve("sllmr").resolve(name)));
    }

    private static Optional<Path> root() {
        String base = System.getenv("XDG_CACHE_HOME");
        if (base != null && !base.isBlank()) {
            return Optional.of(Path.of(base));
        }
        // Java says "?" for a user without a home folder.
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
