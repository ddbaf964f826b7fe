// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import org.jspecify.annotations.Nullable;
import org.sllmr.configuration.Checks;
import org.sllmr.data.TrainingData;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.training.supervision.RowSelector;
import org.sllmr.training.supervision.RowSettings;

/**
 * Distillation of the teacher's scores on all rows, "KD" in the paper's Table 2.
 *
 * <p>T^2 times the cross entropy of sigmoid(s / T) against sigmoid(logit(t) / T), mean over rows: Hinton, Vinyals and
 * Dean, "Distilling the Knowledge in a Neural Network", 2015, Section 2, for the two outcomes of a click. T^2 makes the
 * size of the gradients independent of T. Teacher scores are clipped to [0.001, 0.999], so that their logits are
 * finite.
 *
 * @param lambda weight of the loss; 0 or more; the paper gives none for KD, so 0.1 as elsewhere
 * @param temperature T, which softens teacher and model; above 0 up to 100; 1 is cross entropy against the score itself
 * @param rows how many rows are drawn a step
 */
public record Distillation(double lambda, double temperature, RowSettings rows) implements Guidance {
    /** Checks the ranges. */
    public Distillation {
        new Checks()
                .atLeast("lambda", lambda, 0)
                .aboveUpTo("temperature", temperature, 0, 100)
                .done();
    }

    /** Lambda 0.1, and temperature 2, the lowest that Hinton et al. use. */
    public static Distillation defaults() {
        return new Distillation(0.1, 2, RowSettings.defaults());
    }

    @Override
    public Regularizer regularizer(TrainingData data, @Nullable TeacherTable teacher) {
        TeacherTable checked = TeacherCheck.forRows(data, teacher);
        RowSelector selector = new RowSelector(data.log(), checked, rows);
        return new RowRegularizer(selector, lambda, new SoftenedCrossEntropy(temperature));
    }
}
