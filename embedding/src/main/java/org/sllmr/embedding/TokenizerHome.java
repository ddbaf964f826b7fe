// SPDX-License-Identifier: Apache-2.0
package org.sllmr.embedding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.Folders;
import org.sllmr.data.file.Reason;

/**
 * Sets the folder into which the tokenizer unpacks its native library, and turns off its usage reports.
 *
 * <p>By default the tokenizer library contacts its vendor once per process, and unpacks to a folder in the home
 * directory. It reads both settings from the environment, then from system properties. Those not in the environment are
 * set here, before the library's first class is loaded.
 */
final class TokenizerHome {
    private TokenizerHome() {}

    static void prepare() {
        if (given("OPT_OUT_TRACKING") == null) {
            System.setProperty("OPT_OUT_TRACKING", "true");
        }
        if (given("DJL_CACHE_DIR") == null && given("ENGINE_CACHE_DIR") == null) {
            System.setProperty("DJL_CACHE_DIR", folder().toString());
        } else {
            check("DJL_CACHE_DIR");
            check("ENGINE_CACHE_DIR");
        }
    }

    private static @Nullable String given(String name) {
        String value = System.getenv(name);
        return value == null ? System.getProperty(name) : value;
    }

    private static void check(String name) {
        String folder = given(name);
        try {
            if (folder != null) {
                Files.createDirectories(Path.of(folder));
            }
        } catch (IOException failure) {
            throw new InvalidInputException(
                    name,
                    "is " + folder + ", which cannot be created: " + Reason.of(failure)
                            + "; name a writable folder for the tokenizer's library");
        }
    }

    /** A folder in the user's cache, or a temporary folder of this process if the cache is not writable. */
    private static Path folder() {
        return UserCache.folder("tokenizers").orElseGet(() -> {
            try {
                Path folder = Files.createTempDirectory("sllmr-tokenizers");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.delete(folder), "tokenizers-removal"));
                return folder;
            } catch (IOException failure) {
                throw new InvalidInputException(
                        System.getProperty("java.io.tmpdir", "the temporary folder"),
                        "the tokenizer's library cannot be unpacked there, nor in the home folder: "
                                + Reason.of(failure) + "; set DJL_CACHE_DIR to a writable folder");
            }
        });
    }
}
