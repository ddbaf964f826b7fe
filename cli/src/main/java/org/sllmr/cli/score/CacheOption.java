// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.terminal.Stages;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.embedding.EmbeddingCache;
import org.sllmr.embedding.TextEncoder;
import org.sllmr.teacher.vector.Embeddings;
import picocli.CommandLine.Option;

/**
 * Where vectors of item texts are kept.
 *
 * <p>By default in the user's cache folder and not beside the dataset: a file is named after the texts it holds, so
 * datasets of the same items share it, and dataset folders can be read-only.
 */
public final class CacheOption {
    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description = "Where vectors of item texts are kept; default: sllmr/embeddings in the user's cache folder"
                    + " ($XDG_CACHE_HOME or ~/.cache).")
    private @Nullable Path folder;

    /** The option again, for another command. */
    List<String> words() {
        return folder == null ? List.of() : List.of("--cache", folder.toString());
    }

    /**
     * The vectors of texts, from the cache where it has them.
     *
     * @throws InvalidInputException if the cache cannot be written
     */
    Embeddings embed(List<String> texts, TextEncoder encoder, Blocks blocks, Stages stages)
            throws ClosedByInterruptException, InterruptedException {
        Path place = folder == null ? standard() : folder;
        try {
            return new EmbeddingCache(place).embed(texts, encoder, blocks, stages::at);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw new InvalidInputException(
                    place.toString(),
                    "vectors of item texts cannot be kept there: " + e.getMessage()
                            + "; free some space, or name another folder with --cache");
        }
    }

    private static Path standard() {
        String base = System.getenv("XDG_CACHE_HOME");
        Path caches =
                base == null || base.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(base);
        return caches.resolve("sllmr").resolve("embeddings");
    }
}
