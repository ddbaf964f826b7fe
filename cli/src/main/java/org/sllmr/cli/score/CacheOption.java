// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.terminal.Stages;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.data.file.Folders;
import org.sllmr.data.file.Reason;
import org.sllmr.embedding.EmbeddingCache;
import org.sllmr.embedding.TextEncoder;
import org.sllmr.embedding.UserCache;
import org.sllmr.teacher.vector.Embeddings;
import picocli.CommandLine.Option;

/**
 * Option for the cache of item text vectors.
 *
 * <p>By default it is the user's cache folder and not beside the dataset: vectors are keyed by text, so all datasets
 * share one cache, and dataset folders can be read-only.
 */
public final class CacheOption {
    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description = "Where vectors of item texts are kept; default: sllmr/embeddings in the user's cache folder"
                    + " ($XDG_CACHE_HOME or ~/.cache).")
    private @Nullable Path folder;

    /** The option's words, for another command. */
    List<String> words() {
        return folder == null ? List.of() : List.of("--cache", folder.toString());
    }

    /**
     * The vectors of texts, from the cache or newly embedded.
     *
     * @throws InvalidInputException if the cache cannot be written
     */
    Embeddings embed(List<String> texts, TextEncoder encoder, Blocks blocks, Stages stages)
            throws IOException, InterruptedException {
        Optional<Path> place = folder == null ? UserCache.folder("embeddings") : Optional.of(folder);
        if (place.isPresent()) {
            return embed(place.get(), texts, encoder, blocks, stages);
        }
        Path temporary = Files.createTempDirectory("sllmr-embeddings");
        stages.say("The user's cache folder cannot be written, so vectors of item texts are not kept; --cache FOLDER"
                + " keeps them.");
        try {
            return embed(temporary, texts, encoder, blocks, stages);
        } finally {
            Folders.delete(temporary);
        }
    }

    private static Embeddings embed(Path place, List<String> texts, TextEncoder encoder, Blocks blocks, Stages stages)
            throws IOException, InterruptedException {
        try {
            return new EmbeddingCache(place).embed(texts, encoder, blocks, stages);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw new InvalidInputException(
                    place.toString(),
                    "vectors of item texts cannot be written there: " + Reason.of(e)
                            + "; free some space, or name another folder with --cache");
        }
    }
}
