// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.TrainingData;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.data.file.Sha256;
import org.sllmr.embedding.ItemTexts;
import org.sllmr.embedding.MiniLmEncoder;
import org.sllmr.embedding.UserCache;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.blend.PairTeacher;
import org.sllmr.teacher.vector.EmbeddingTeacher;
import org.sllmr.teacher.vector.EmbeddingTeacherSettings;
import org.sllmr.teacher.vector.Embeddings;

/** Opens the teacher that a run is blended with. */
final class BlendTeachers {
    private BlendTeachers() {}

    /**
     * A teacher by its provenance: the embedding teacher with its vectors, and of any other the scores of its file.
     *
     * @param file the file of the scores
     * @throws InvalidInputException if the file is another one, or the encoder is
     */
    static PairTeacher open(
            Path file,
            Optional<String> fileHash,
            String teacher,
            String model,
            Map<String, String> settings,
            TrainingData data)
            throws IOException {
        if (teacher.equals(Blend.NO_TEACHER)) {
            return new PairTeacher.Nobody();
        }
        return teacher.equals(EmbeddingTeacher.NAME)
                ? new PairTeacher.Vectors(embedding(file, model, settings, data))
                : new PairTeacher.Scores(table(file, fileHash, data));
    }

    private static TeacherTable table(Path file, Optional<String> hash, TrainingData data) throws IOException {
        TeacherTableFile scores = TeacherTableFile.read(file, data);
        if (hash.isPresent() && !hash.get().equals(Sha256.of(file))) {
            throw new InvalidInputException(
                    file.toString(), "is not the file of scores that the run was blended with; put that file back");
        }
        return scores.table();
    }

    private static EmbeddingTeacher embedding(Path file, String model, Map<String, String> values, TrainingData data) {
        EmbeddingTeacherSettings settings = EmbeddingTeacherSettings.of(values);
        List<String> texts = ItemTexts.of(data.catalogue(), settings.textColumns());
        try (MiniLmEncoder encoder = MiniLmEncoder.open();
                Blocks blocks = new Blocks(Runtime.getRuntime().availableProcessors())) {
            if (!encoder.hash().equals(model)) {
                throw new InvalidInputException(
                        file.toString(),
                        "was made by another version of the sentence encoder (" + model + ", this one is "
                                + encoder.hash() + "); score the dataset and blend again");
            }
            Embeddings embeddings =
                    ModelInputs.embed(texts, encoder, blocks, UserCache.folder("embeddings"), ProgressListener.NONE);
            return new EmbeddingTeacher(embeddings, model, settings);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CancellationException("stopped while embedding texts");
        }
    }
}
