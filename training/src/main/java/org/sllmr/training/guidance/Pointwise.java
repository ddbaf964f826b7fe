// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import org.jspecify.annotations.Nullable;
import org.sllmr.configuration.Checks;
import org.sllmr.data.TrainingData;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.training.supervision.RowSelector;
import org.sllmr.training.supervision.RowSettings;

/**
 * The pointwise ablation: pulls the model's probability to the teacher's score, row by row; mean over rows ("Pointwise
 * MSE" in the paper's Table 3).
 *
 * <p>It treats the teacher's scores as click probabilities, which they are not; pairs need their order only.
 *
 * @param lambda weight of the loss; 0 or more; the paper's 0.1
 * @param rows how many rows are drawn a step
 * @param loss of a row
 */
public record Pointwise(double lambda, RowSettings rows, PointwiseLoss loss) implements Guidance {
    /** Checks the range. */
    public Pointwise {
        new Checks().atLeast("lambda", lambda, 0).done();
    }

    /** The paper's lambda and squared error. */
    public static Pointwise defaults() {
        return new Pointwise(0.1, RowSettings.defaults(), PointwiseLoss.MEAN_SQUARED_ERROR);
    }

    @Override
    public Regularizer regularizer(TrainingData data, @Nullable TeacherTable teacher) {
        TeacherTable checked = TeacherCheck.forRows(data, teacher);
        return new RowRegularizer(new RowSelector(data.log(), checked, rows), lambda, loss);
    }
}
