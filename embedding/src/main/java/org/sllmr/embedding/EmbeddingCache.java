// SPDX-License-Identifier: Apache-2.0
package org.sllmr.embedding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sllmr.configuration.ArraySize;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.data.file.Sha256;
import org.sllmr.teacher.vector.Embeddings;

/**
 * A folder of item vectors, so that a catalogue is embedded once.
 *
 * <p>A file is named after the hash of the texts and of the model: other texts or another model never meet it. It grows
 * under a temporary name while texts are embedded, so a run that was stopped goes on where it was, and gets its name
 * when it is whole. What is damaged is embedded again.
 */
public final class EmbeddingCache {
    private static final Logger LOGGER = LoggerFactory.getLogger(EmbeddingCache.class);

    private final Path folder;

    /** A cache in that folder, which is made when the first file is. */
    public EmbeddingCache(Path folder) {
        this.folder = folder;
    }

    /**
     * The vectors of the items' texts, from the cache where it has them.
     *
     * @param texts one text an item; items with a blank text get no vector, and equal texts are embedded once
     * @param blocks the threads that embed; the vectors do not depend on their number
     * @throws IOException if the cache cannot be written, or another process is filling the same file
     * @throws InterruptedException if the thread was interrupted; what was embedded is kept for the next time
     */
    public Embeddings embed(List<String> texts, TextEncoder encoder, Blocks blocks, ProgressListener listener)
            throws IOException, InterruptedException {
        Map<String, Integer> rows = new LinkedHashMap<>();
        for (String text : texts) {
            if (!text.isBlank()) {
                rows.putIfAbsent(text, rows.size());
            }
        }
        float[] vectors = distinct(new ArrayList<>(rows.keySet()), encoder, blocks, listener);
        int dimension = encoder.dimension();
        boolean[] present = new boolean[texts.size()];
        float[] values = new float[size(texts.size(), dimension)];
        for (int item = 0; item < present.length; item++) {
            Integer row = rows.get(texts.get(item));
            if (row != null) {
                present[item] = true;
                System.arraycopy(vectors, row * dimension, values, item * dimension, dimension);
            }
        }
        return new Embeddings(dimension, present, values);
    }

    private float[] distinct(List<String> texts, TextEncoder encoder, Blocks blocks, ProgressListener listener)
            throws IOException, InterruptedException {
        String key = key(texts, encoder);
        Path whole = folder.resolve("embeddings-" + key.substring(0, 16) + ".bin");
        Path growing = folder.resolve("embeddings-" + key.substring(0, 16) + ".part");
        int dimension = encoder.dimension();
        float[] vectors = new float[size(texts.size(), dimension)];
        Files.createDirectories(folder);
        if (Files.exists(whole)) {
            if (VectorFile.read(whole, key, dimension, vectors) == texts.size()) {
                return vectors;
            }
            LOGGER.warn("{} is damaged; what is missing is embedded again", whole);
            Files.move(whole, growing, StandardCopyOption.REPLACE_EXISTING);
        }
        try (VectorFile file = VectorFile.grow(growing, key, dimension)) {
            int done = file.resume(vectors);
            LOGGER.debug("{} of {} texts were embedded before", done, texts.size());
            listener.progressed("embedding texts", done, texts.size());
            while (done < texts.size()) {
                int from = done;
                int to = Math.min(texts.size(), from + VectorFile.BLOCK);
                blocks.run(to - from, 1, (first, end) -> {
                    for (int index = from + first; index < from + end; index++) {
                        encoder.encode(texts.get(index), vectors, index * dimension);
                    }
                });
                file.append(vectors, from, to);
                done = to;
                listener.progressed("embedding texts", done, texts.size());
            }
            file.force();
        }
        Files.move(growing, whole, StandardCopyOption.ATOMIC_MOVE);
        return vectors;
    }

    private static int size(int texts, int dimension) {
        return ArraySize.of(
                ArraySize.product(texts, dimension),
                "item texts",
                "floats in the vectors of " + texts + " texts",
                "leave out items that nobody took");
    }

    private static String key(List<String> texts, TextEncoder encoder) {
        Sha256 hash = new Sha256().add(encoder.hash());
        texts.forEach(hash::add);
        return hash.hex();
    }
}
