// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import org.sllmr.data.numeric.Exponential;
import org.sllmr.data.numeric.Logistic;

/**
 * T^2 times the cross entropy of sigmoid(s / T) against sigmoid(logit(t) / T).
 *
 * @param temperature T, above 0
 */
record SoftenedCrossEntropy(double temperature) implements RowLoss {
    /** Keeps the logits of teacher scores 0 and 1 finite, within 7 of 0. */
    private static final double EDGE = 1e-3;

    @Override
    public double loss(double logit, double target) {
        return temperature * temperature * Logistic.crossEntropy(logit / temperature, soften(target));
    }

    @Override
    public double derivative(double logit, double target) {
        return temperature * (Logistic.sigmoid(logit / temperature) - soften(target));
    }

    private double soften(double target) {
        double inside = Math.min(1 - EDGE, Math.max(EDGE, target));
        return Logistic.sigmoid(Exponential.log(inside / (1 - inside)) / temperature);
    }
}
