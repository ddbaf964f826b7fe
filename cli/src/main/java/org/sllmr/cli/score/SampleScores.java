// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import java.io.IOException;
import java.nio.file.Path;
import org.sllmr.cli.terminal.Stages;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.TrainingData;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.teacher.ScoreProvenance;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.teacher.vector.EmbeddingTeacherSettings;

/** What a teacher says of samples, to judge it by; never to train with. */
public final class SampleScores {
    private SampleScores() {}

    /** The scores of rows that a table holds, NaN where it holds none. */
    public static float[] of(TeacherTable table, Instances rows) {
        float[] scores = new float[rows.size()];
        for (int row = 0; row < scores.length; row++) {
            int index = table.indexOf(rows.users()[row], rows.items()[row]);
            scores[row] = index < 0 ? Float.NaN : table.scores()[index];
        }
        return scores;
    }

    /**
     * The embedding teacher asked again, as it was when it made a table.
     *
     * @param file the table, for messages
     * @param provenance where the table comes from
     * @param otherwise what to do where this teacher cannot be asked again, for messages
     */
    public record Asking(Path file, ScoreProvenance provenance, String otherwise) {
        /**
         * Asks about rows, each with the history before its position.
         *
         * @param log where histories are looked up
         * @return a score a row, NaN where the teacher has nothing to say
         * @throws InvalidInputException if the table was made by another version of this teacher
         */
        public float[] of(
                Instances rows, InteractionLog log, TrainingData data, CacheOption cache, Blocks blocks, Stages stages)
                throws IOException, InterruptedException {
            CatalogueTeacher teacher = CatalogueTeacher.open(data, settings(), cache, blocks, stages);
            if (!teacher.teacher().model().equals(provenance.model())) {
                throw new InvalidInputException(
                        file.toString(),
                        "was made by another version of the sentence encoder (" + provenance.model() + ", this one is "
                                + teacher.teacher().model() + "); score the dataset again, or " + otherwise);
            }
            stages.at("asking about samples", 0, 0);
            return teacher.teacher().score(rows, log, blocks);
        }

        private EmbeddingTeacherSettings settings() {
            try {
                return EmbeddingTeacherSettings.of(provenance.settings());
            } catch (IllegalArgumentException e) {
                throw new InvalidInputException(
                        file.toString(),
                        "was made by teacher '" + provenance.teacher()
                                + "' with settings that this version does not know (" + provenance.settings() + "); "
                                + otherwise);
            }
        }
    }
}
