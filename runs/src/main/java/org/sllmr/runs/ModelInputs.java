// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Catalogue;
import org.sllmr.data.NeighbourColumn;
import org.sllmr.data.PairColumn;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.TrainingData;
import org.sllmr.data.VectorColumn;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.data.file.Folders;
import org.sllmr.data.file.Reason;
import org.sllmr.embedding.EmbeddingCache;
import org.sllmr.embedding.ItemTexts;
import org.sllmr.embedding.MiniLmEncoder;
import org.sllmr.embedding.UserCache;
import org.sllmr.model.ModelSettings;
import org.sllmr.model.schema.TextSettings;
import org.sllmr.model.visit.VisitCounts;
import org.sllmr.model.visit.VisitInputs;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.teacher.vector.Embeddings;

/** Data with what a model reads besides the dataset: vectors of the items' texts, and a teacher's scores. */
public final class ModelInputs {
    private static final String TEACHER = "teacher";

    private ModelInputs() {}

    /**
     * Adds what the settings ask for; vectors come from the user's cache, which keeps new ones.
     *
     * @param teacher the teacher's scores, where there are any
     * @throws InvalidInputException if the items have no such columns, or vectors cannot be kept
     * @throws CancellationException if the thread was interrupted
     */
    public static TrainingData of(TrainingData data, ModelSettings settings, Optional<TeacherTable> teacher) {
        return of(data, settings, teacher, UserCache.folder("embeddings"), ProgressListener.NONE);
    }

    /** The same, telling a listener of texts that are embedded. */
    static TrainingData of(
            TrainingData data, ModelSettings settings, Optional<TeacherTable> teacher, ProgressListener listener) {
        return of(data, settings, teacher, UserCache.folder("embeddings"), listener);
    }

    /** The same with another cache; without one, vectors are not kept. */
    static TrainingData of(
            TrainingData data,
            ModelSettings settings,
            Optional<TeacherTable> teacher,
            Optional<Path> cache,
            ProgressListener listener) {
        TrainingData all = data;
        if (settings.needTexts()) {
            requireFree(data, settings);
            all = all.with(vectors(data, settings.schema().text(), cache, listener));
        }
        for (Map.Entry<String, Path> texts : settings.augmentation().textFiles().entrySet()) {
            all = WrittenKnowledge.read(texts.getKey(), texts.getValue(), data).addTo(all, cache, listener);
        }
        if (settings.schema().teacherScores() && teacher.isPresent()) {
            TeacherTable table = teacher.get();
            all = all.with(new PairColumn(
                    TEACHER, "scores " + Fingerprint.hash(table), table.offsets(), table.items(), table.scores()));
        }
        if (settings.schema().visits().use()) {
            all = all.with(visits(data, settings.schema().visits(), listener));
        }
        return all;
    }

    /** Requires that the items have nothing else of the name that their texts' vectors get. */
    private static void requireFree(TrainingData data, ModelSettings settings) {
        Catalogue items = data.catalogue();
        String name = TextSettings.VECTORS;
        String taken = items.fields().stream().anyMatch(field -> field.name().equals(name))
                ? "a field"
                : items.numbers().stream().anyMatch(number -> number.name().equals(name))
                        ? "numbers"
                        : items.vectors().stream()
                                        .anyMatch(vector -> vector.name().equals(name))
                                ? "vectors"
                                : "";
        if (!taken.isEmpty()) {
            boolean used = settings.schema().text().use();
            throw new InvalidInputException(
                    used ? "model.schema.text.use" : "model.augmentation",
                    "makes vectors '" + name + "' of the items' texts, and the dataset's items have " + taken
                            + " of the name '" + name
                            + "' already; name that column differently and prepare the dataset again, or "
                            + (used
                                    ? "set model.schema.text.use=false"
                                    : "set model.augmentation.itemVectors to vectors of the dataset"));
        }
    }

    private static NeighbourColumn visits(TrainingData data, VisitInputs settings, ProgressListener listener) {
        try (Blocks blocks = new Blocks(Runtime.getRuntime().availableProcessors())) {
            return VisitCounts.of(data.log(), data.catalogue().size(), settings, blocks, listener);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CancellationException("stopped while counting visits between items");
        }
    }

    private static VectorColumn vectors(
            TrainingData data, TextSettings settings, Optional<Path> cache, ProgressListener listener) {
        List<String> columns = data.catalogue().columns(settings.columns(), "model.schema.text.columns");
        List<String> texts = ItemTexts.of(data.catalogue(), columns);
        return encoded(
                texts,
                cache,
                listener,
                (embeddings, encoder) -> new VectorColumn(
                        TextSettings.VECTORS,
                        embeddings.dimension(),
                        embeddings.values(),
                        ItemTexts.origin(encoder, columns)));
    }

    /** Makes something of the vectors of texts and the encoder's hash. */
    @FunctionalInterface
    interface Encoded<T> {
        /** Makes it. */
        T of(Embeddings embeddings, String encoder);
    }

    /** Encodes texts; the vectors come from the cache, which keeps new ones. */
    static <T> T encoded(List<String> texts, Optional<Path> cache, ProgressListener listener, Encoded<T> made) {
        try (MiniLmEncoder encoder = MiniLmEncoder.open();
                Blocks blocks = new Blocks(Runtime.getRuntime().availableProcessors())) {
            return made.of(embed(texts, encoder, blocks, cache, listener), encoder.hash());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CancellationException("stopped while embedding texts");
        }
    }

    /** The vectors of texts, from the cache where it has them. */
    static Embeddings embed(
            List<String> texts, MiniLmEncoder encoder, Blocks blocks, Optional<Path> kept, ProgressListener listener)
            throws InterruptedException {
        Path folder = null;
        try {
            folder = kept.isPresent() ? kept.get() : Files.createTempDirectory("sllmr-embeddings");
            return new EmbeddingCache(folder).embed(texts, encoder, blocks, listener);
        } catch (IOException e) {
            throw new InvalidInputException(
                    String.valueOf(folder),
                    "vectors of item texts cannot be written there: " + Reason.of(e)
                            + "; free some space, or set XDG_CACHE_HOME to another folder");
        } finally {
            if (kept.isEmpty() && folder != null) {
                Folders.delete(folder);
            }
        }
    }
}
