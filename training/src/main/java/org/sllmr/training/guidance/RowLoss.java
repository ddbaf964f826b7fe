// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

/** The loss of one guidance row. */
sealed interface RowLoss permits PointwiseLoss, SoftenedCrossEntropy {
    /**
     * The loss.
     *
     * @param logit the model's
     * @param target teacher score, in [0, 1]
     */
    double loss(double logit, double target);

    /** Its derivative by the logit. */
    double derivative(double logit, double target);
}
