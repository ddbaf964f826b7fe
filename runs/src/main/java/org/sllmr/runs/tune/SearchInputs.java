// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.tune;

import java.util.Optional;
import org.sllmr.data.TrainingData;
import org.sllmr.evaluation.Slices;
import org.sllmr.teacher.TeacherTable;

/**
 * The inputs of a search, without access to test interactions.
 *
 * @param data what is trained and validated on
 * @param teacher the teacher's scores, if there are any
 */
public record SearchInputs(TrainingData data, Optional<TeacherTable> teacher) {
    Slices slices() {
        return Slices.of(data);
    }
}
