// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import org.jspecify.annotations.Nullable;
import org.sllmr.configuration.Checks;
import org.sllmr.data.TrainingData;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.training.supervision.RowSelector;
import org.sllmr.training.supervision.RowSettings;

/**
 * KD: global distillation of the teacher's soft logits, "KD" in the paper's Table 2.
 *
 * <p>T^2 times the cross entropy of sigmoid(s / T) against sigmoid(logit(t) / T), mean over rows: Hinton, Vinyals and
 * Dean, "Distilling the Knowledge in a Neural Network", 2015, Section 2, for the two outcomes of a click. T^2 keeps the
 * gradients' size whatever T. Teacher scores are held within [0.001, 0.999], so that their logits are finite.
 *
 * @param lambda weight of the loss; 0 or more; not given for KD in the paper, the same 0.1 is taken
 * @param temperature T, which softens both sides; above 0 up to 100; 1 is cross entropy against the score itself
 * @param rows which rows
 */
public record Distillation(double lambda, double temperature, RowSettings rows) implements Guidance {
    /** Checks the ranges. */
    public Distillation {
        new Checks()
                .atLeast("lambda", lambda, 0)
                .aboveUpTo("temperature", temperature, 0, 100)
                .done();
    }

    /** Lambda 0.1, and temperature 2, the low end of what Hinton et al. use. */
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
