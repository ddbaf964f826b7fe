// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.sllmr.cli.command.OptionNames;
import org.sllmr.cli.terminal.Stages;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.TrainingData;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.embedding.ItemTexts;
import org.sllmr.embedding.MiniLmEncoder;
import org.sllmr.teacher.vector.EmbeddingTeacher;
import org.sllmr.teacher.vector.EmbeddingTeacherSettings;
import org.sllmr.teacher.vector.Embeddings;

/**
 * The embedding teacher for a dataset's catalogue, with cached vectors.
 *
 * @param teacher the teacher
 * @param settings its settings
 */
record CatalogueTeacher(EmbeddingTeacher teacher, EmbeddingTeacherSettings settings) {
    private static final OptionNames NAMES = new OptionNames(Map.of("textColumns", "teacher.textColumns"));

    static CatalogueTeacher open(
            TrainingData data, EmbeddingTeacherSettings settings, CacheOption cache, Blocks blocks, Stages stages)
            throws IOException, InterruptedException {
        List<String> texts = NAMES.in(() -> ItemTexts.of(data.catalogue(), settings.textColumns()));
        if (texts.stream().allMatch(String::isBlank)) {
            throw new InvalidInputException(
                    "dataset '" + data.name() + "'",
                    "has no item with a text or field that the teacher could read; prepare it with --items,"
                            + " --item-text and --item-field");
        }
        try (MiniLmEncoder encoder = MiniLmEncoder.open()) {
            Embeddings embeddings = cache.embed(texts, encoder, blocks, stages);
            return new CatalogueTeacher(new EmbeddingTeacher(embeddings, encoder.hash(), settings), settings);
        }
    }
}
