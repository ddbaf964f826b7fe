// SPDX-License-Identifier: Apache-2.0
package org.sllmr.embedding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.teacher.vector.Embeddings;

/**
 * A folder of text vectors, so that a text is embedded only once, even if several catalogues contain it.
 *
 * <p>There is one file per encoder. Vectors are appended every {@value #BLOCK} texts, so a stopped run can be resumed
 * and simultaneous runs can share the file. Damaged vectors are embedded again.
 */
public final class EmbeddingCache {
    /** Texts between two appends, which is the most that a kill can lose. */
    static final int BLOCK = 128;

    private static final Logger LOGGER = LoggerFactory.getLogger(EmbeddingCache.class);
    private static final String STAGE = "embedding texts";

    private final Path folder;

    /** A cache in a folder, which is created when needed. */
    public EmbeddingCache(Path folder) {
        this.folder = folder;
    }

    /**
     * The vectors of the items' texts, from the cache if it has them.
     *
     * @param texts one text per item; items with a blank text get no vector, and equal texts are embedded once
     * @param blocks the threads that embed; the vectors do not depend on their number
     * @throws IOException if vectors are missing and the cache cannot be written
     * @throws org.sllmr.configuration.InvalidInputException if there are too many items for their vectors to fit into
     *     an array
     * @throws InterruptedException if the thread was interrupted; the finished vectors are kept for the next run
     */
    public Embeddings embed(List<String> texts, TextEncoder encoder, Blocks blocks, ProgressListener listener)
            throws IOException, InterruptedException {
        WantedVectors wanted = new WantedVectors(texts, encoder.dimension());
        Path path = folder.resolve(VectorFile.name(encoder.hash()));
        if (Files.exists(path)) {
            // Read-only at first: a cache that has all vectors need not be writable.
            try (VectorFile file = VectorFile.read(path, encoder.hash(), encoder.dimension())) {
                file.load(wanted);
            }
        }
        int[] missing = wanted.missing();
        if (missing.length > 0) {
            LOGGER.debug("{} of {} texts must be embedded", missing.length, wanted.texts());
            Files.createDirectories(folder);
            warnAboutOldFiles();
            try (VectorFile file = VectorFile.append(path, encoder.hash(), encoder.dimension())) {
                fill(wanted, missing, texts, encoder, file, blocks, listener);
            }
        }
        return wanted.embeddings();
    }

    private static void fill(
            WantedVectors wanted,
            int[] missing,
            List<String> texts,
            TextEncoder encoder,
            VectorFile file,
            Blocks blocks,
            ProgressListener listener)
            throws IOException, InterruptedException {
        listener.progressed(STAGE, wanted.loaded(), wanted.texts());
        int computed = 0;
        for (int next = 0; next < missing.length; ) {
            int[] block = new int[BLOCK];
            int count = 0;
            for (; count < BLOCK && next < missing.length; next++) {
                if (!wanted.isKnown(missing[next])) {
                    block[count++] = missing[next];
                }
            }
            int[] items = Arrays.copyOf(block, count);
            blocks.run(count, 1, (from, to) -> {
                for (int index = from; index < to; index++) {
                    wanted.compute(items[index], texts.get(items[index]), encoder);
                }
            });
            file.append(wanted, items);
            computed += count;
            listener.progressed(STAGE, wanted.loaded() + computed, wanted.texts());
        }
        file.force();
    }

    /** Before format 3, a file had the texts of one catalogue and another name. */
    private void warnAboutOldFiles() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            long old = files.filter(
                            file -> file.getFileName().toString().matches("embeddings-[0-9a-f]{16}\\.(bin|part)"))
                    .count();
            if (old > 0) {
                LOGGER.warn(
                        "{} has {} {} of an older format, which are not read; delete {}/embeddings-*",
                        folder,
                        old,
                        old == 1 ? "file" : "files",
                        folder);
            }
        }
    }
}
