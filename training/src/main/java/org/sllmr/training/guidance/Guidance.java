// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.TrainingData;
import org.sllmr.teacher.TeacherTable;

/** Settings of how the teacher guides training, or of training without it. */
public sealed interface Guidance
        permits None,
                SelectivePairwise,
                CalibratedPairwise,
                GlobalPairwise,
                Pointwise,
                Distillation,
                SampleDistillation {
    /**
     * The regularizer of one training run.
     *
     * @param data what is trained on
     * @param teacher the teacher's scores; optional for {@link None} only
     * @throws InvalidInputException if there is no teacher, or it cannot guide training on this data
     */
    Regularizer regularizer(TrainingData data, @Nullable TeacherTable teacher);

    /** Whether it uses the teacher's scores; otherwise a given teacher is ignored. */
    default boolean needsTeacher() {
        return true;
    }

    /** Maximum epochs of the backbone alone if that is trained first, else empty. */
    default OptionalInt epochsAlone() {
        return OptionalInt.empty();
    }
}
