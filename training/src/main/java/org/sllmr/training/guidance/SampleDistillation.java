// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import org.jspecify.annotations.Nullable;
import org.sllmr.configuration.Checks;
import org.sllmr.data.TrainingData;
import org.sllmr.teacher.TeacherTable;

/**
 * Distillation on the training samples themselves, the column "KD" of the study behind the paper's Table 2 (LLM-CF, CIKM
 * 2024): L = BCE(p, y) + lambda BCE(p, q) for every sample that the teacher has scored, mean over all samples of a batch.
 *
 * <p>q = sigmoid(logit(t) / T) for a calibrated teacher probability t: sigmoid(a + b logit(score)), with a and b fitted to
 * the labels of the scored training samples. (The study's code lets its stored scores pass a softmax three times, so its q
 * hardly leaves .5.) A score belongs to a user and an item; it should have been given for the history before that sample.
 *
 * @param lambda weight of the loss, 0 or more; 0.1 in the study
 * @param temperature T, above 0 up to 100; 1 in the study
 * @param calibrated whether the score is calibrated; otherwise it is t itself
 */
public record SampleDistillation(double lambda, double temperature, boolean calibrated) implements Guidance {
    /** Checks the ranges. */
    public SampleDistillation {
        new Checks()
                .atLeast("lambda", lambda, 0)
                .aboveUpTo("temperature", temperature, 0, 100)
                .done();
    }

    /** Weight 0.1 and temperature 1, calibrated. */
    public static SampleDistillation defaults() {
        return new SampleDistillation(0.1, 1, true);
    }

    @Override
    public Regularizer regularizer(TrainingData data, @Nullable TeacherTable teacher) {
        TeacherTable table = TeacherCheck.forRows(data, teacher);
        ScoreCalibration calibration = ScoreCalibration.of(data.training(), table, calibrated);
        return new SampleRegularizer(table, calibration, lambda, temperature);
    }
}
