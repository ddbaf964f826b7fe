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
 * A folder of text vectors, so that a text is embedded once, whatever catalogue it stands in.
 *
 * <p>There is one file for each encoder. Vectors are appended to it every {@value #BLOCK} texts, so a run that was
 * stopped goes on where it was, and runs at once use one file. What is damaged is embedded again.
 */
public final class EmbeddingCache {
    /** Texts between two appends: what a kill costs at most. */
    static final int BLOCK = 128;

    private static final Logger LOGGER = LoggerFactory.getLogger(EmbeddingCache.class);
    private static final String STAGE = "embedding texts";

    private final Path folder;

    /** A cache in that folder, which is made when it is needed. */
    public EmbeddingCache(Path folder) {
        this.folder = folder;
    }

    /**
     * The vectors of the items' texts, from the cache where it has them.
     *
     * @param texts one text an item; items with a blank text get no vector, and equal texts are embedded once
     * @param blocks the threads that embed; the vectors do not depend on their number
     * @throws IOException if something is missing and the cache cannot be written
     * @throws org.sllmr.configuration.InvalidInputException if there are more items than vectors can be held of
     * @throws InterruptedException if the thread was interrupted; what was embedded is kept for the next time
     */
    public Embeddings embed(List<String> texts, TextEncoder encoder, Blocks blocks, ProgressListener listener)
            throws IOException, InterruptedException {
        WantedVectors wanted = new WantedVectors(texts, encoder.dimension());
        Path path = folder.resolve(VectorFile.name(encoder.hash()));
        if (Files.exists(path)) {
            // Read only at first: a cache that has everything may be one that nobody may write to.
            try (VectorFile file = VectorFile.read(path, encoder.hash(), encoder.dimension())) {
                file.load(wanted);
            }
        }
        int[] missing = wanted.missing();
        if (missing.length > 0) {
            LOGGER.debug("{} of {} texts are to be embedded", missing.length, wanted.texts());
            Files.createDirectories(folder);
            tellOfOldFiles();
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
        int made = 0;
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
                    wanted.make(items[index], texts.get(items[index]), encoder);
                }
            });
            file.append(wanted, items);
            made += count;
            listener.progressed(STAGE, wanted.loaded() + made, wanted.texts());
        }
        file.force();
    }

    /** Until format 3 a file held the texts of one catalogue, and was named so. */
    private void tellOfOldFiles() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            long old = files.filter(
                            file -> file.getFileName().toString().matches("embeddings-[0-9a-f]{16}\\.(bin|part)"))
                    .count();
            if (old > 0) {
                LOGGER.warn(
                        "{} holds {} {} of an older format, which are not read; delete {}/embeddings-*",
                        folder,
                        old,
                        old == 1 ? "file" : "files",
                        folder);
            }
        }
    }
}
