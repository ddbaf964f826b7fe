// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import org.jspecify.annotations.Nullable;
import org.sllmr.data.Instances;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.training.signal.Resampler;
import org.sllmr.training.supervision.Supervision;

/** The backbone alone: "None" in the paper's Table 2. A given teacher is ignored. */
public record None() implements Guidance {
    /** There is nothing to set. */
    public static None defaults() {
        return new None();
    }

    @Override
    public Regularizer regularizer(TrainingData data, @Nullable TeacherTable teacher) {
        return new Absent();
    }

    @Override
    public boolean needsTeacher() {
        return false;
    }

    private static final class Absent implements Regularizer {
        @Override
        public Supervision select(Instances samples, Seed step) {
            return Supervision.NONE;
        }

        @Override
        public double apply(Supervision supervision, float[] logits, float[] gradient, Resampler resampler) {
            return 0;
        }

        @Override
        public GuidanceReport report() {
            return GuidanceReport.NONE;
        }
    }
}
