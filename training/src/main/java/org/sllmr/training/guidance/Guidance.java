// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.TrainingData;
import org.sllmr.teacher.TeacherTable;

/** How the teacher guides training, if at all; the settings of one of the compared methods. */
public sealed interface Guidance
        permits None, SelectivePairwise, CalibratedPairwise, GlobalPairwise, Pointwise, Distillation {
    /**
     * The regularizer of one training run.
     *
     * @param data what is trained on
     * @param teacher the teacher's scores; {@link None} alone needs none
     * @throws InvalidInputException if there is no teacher, or it cannot guide training on this data
     */
    Regularizer regularizer(TrainingData data, @Nullable TeacherTable teacher);

    /** Whether there is a teacher to guide by; without, a teacher that is given is not looked at. */
    default boolean needsTeacher() {
        return true;
    }

    /** Most epochs of the backbone alone, where this has it trained first; else empty. */
    default OptionalInt epochsAlone() {
        return OptionalInt.empty();
    }
}
