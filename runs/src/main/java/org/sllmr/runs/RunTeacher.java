// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.io.IOException;
import java.nio.file.Path;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.TrainingData;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.teacher.TeacherTableFile;

/**
 * A teacher's scores to train with.
 *
 * @param table the scores
 * @param source where they come from
 */
public record RunTeacher(TeacherTable table, TeacherSource source) {
    /**
     * Reads scores and checks that they are for a dataset's training.
     *
     * @throws InvalidInputException if the file is damaged, no teacher table, made for other data, or holds scores of
     *     validation samples
     */
    public static RunTeacher read(Path file, TrainingData data) throws IOException {
        TeacherTableFile scores = TeacherTableFile.read(file, data);
        if (scores.provenance().ofValidationSamples()) {
            throw new InvalidInputException(
                    file.toString(),
                    "holds scores of validation samples, which evaluate a teacher and must not be trained with; name"
                            + " the scores of a plan made without --validation");
        }
        return new RunTeacher(scores.table(), TeacherSource.of(file, scores));
    }
}
