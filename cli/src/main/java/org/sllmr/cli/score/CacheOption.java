// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sllmr.teacher.embedding.EmbeddingCache;
import picocli.CommandLine.Option;

/**
 * Where vectors of item texts are kept.
 *
 * <p>By default in the user's cache folder and not beside the dataset: a file is named after the texts it holds, so
 * datasets of the same items share it, and dataset folders can be read-only.
 */
final class CacheOption {
    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description = "Where vectors of item texts are kept; default: sllmr/embeddings in the user's cache folder"
                    + " ($XDG_CACHE_HOME or ~/.cache).")
    private @Nullable Path folder;

    EmbeddingCache cache() {
        return new EmbeddingCache(folder == null ? standard() : folder);
    }

    private static Path standard() {
        String base = System.getenv("XDG_CACHE_HOME");
        Path caches =
                base == null || base.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(base);
        return caches.resolve("sllmr").resolve("embeddings");
    }
}
