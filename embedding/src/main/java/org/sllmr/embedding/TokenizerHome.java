// SPDX-License-Identifier: Apache-2.0
package org.sllmr.embedding;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the tokenizer unpacks its native library, and that it reports to nobody.
 *
 * <p>The tokenizer library calls its maker once a process unless told not to, and unpacks to a folder in the home
 * directory unless given another. Both are read from the environment, then from system properties; what the environment
 * does not say is set here, before the library's first class loads.
 */
final class TokenizerHome {
    private TokenizerHome() {}

    static void prepare() {
        if (given("OPT_OUT_TRACKING") == null) {
            System.setProperty("OPT_OUT_TRACKING", "true");
        }
        if (given("DJL_CACHE_DIR") == null && given("ENGINE_CACHE_DIR") == null) {
            System.setProperty("DJL_CACHE_DIR", folder().toString());
        }
    }

    private static @Nullable String given(String name) {
        String value = System.getenv(name);
        return value == null ? System.getProperty(name) : value;
    }

    /** The user's cache folder; a private temporary one where that cannot be written. */
    private static Path folder() {
        String base = System.getenv("XDG_CACHE_HOME");
        Path cache =
                base == null || base.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(base);
        try {
            return Files.createDirectories(cache.resolve("sllmr").resolve("tokenizers"));
        } catch (IOException notWritable) {
            try {
                return Files.createTempDirectory("sllmr-tokenizers");
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
