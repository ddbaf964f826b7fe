// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import java.io.IOException;
import java.nio.file.Path;
import org.sllmr.cli.terminal.Stages;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Instances;
import org.sllmr.data.Part;
import org.sllmr.data.TrainingData;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.teacher.ScoreProvenance;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.teacher.scoring.SampleScoring;
import org.sllmr.teacher.vector.EmbeddingTeacherSettings;

/** A teacher's scores of samples, to evaluate it; never to train with. */
public final class SampleScores {
    private SampleScores() {}

    /** The scores of rows in a table, NaN for rows without a score. */
    public static float[] of(TeacherTable table, Instances rows) {
        float[] scores = new float[rows.size()];
        for (int row = 0; row < scores.length; row++) {
            int index = table.indexOf(rows.users()[row], rows.items()[row]);
            scores[row] = index < 0 ? Float.NaN : table.scores()[index];
        }
        return scores;
    }

    /**
     * The embedding teacher with the settings of a table, to score other rows.
     *
     * @param file the table's file, for messages
     * @param provenance provenance of the table
     * @param otherwise what to do if this teacher cannot score again, for messages
     */
    public record Rescoring(Path file, ScoreProvenance provenance, String otherwise) {
        /**
         * Scores samples, each with the history before its position.
         *
         * @param part the samples with the log of their histories, which those of a part by time need: training's ends earlier
         * @return the score of each row, NaN if the teacher has none
         * @throws InvalidInputException if the table was made by another version of this teacher
         */
        public float[] of(Part part, TrainingData data, CacheOption cache, Blocks blocks, Stages stages)
                throws IOException, InterruptedException {
            CatalogueTeacher teacher = CatalogueTeacher.open(data, settings(), cache, blocks, stages);
            if (!teacher.teacher().model().equals(provenance.model())) {
                throw new InvalidInputException(
                        file.toString(),
                        "was made by another version of the sentence encoder (" + provenance.model() + ", this one is "
                                + teacher.teacher().model() + "); score the dataset again, or " + otherwise);
            }
            stages.progressed("scoring samples", 0, 0);
            return SampleScoring.scores(teacher.teacher(), part.samples().instances(), part.log(), blocks);
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
