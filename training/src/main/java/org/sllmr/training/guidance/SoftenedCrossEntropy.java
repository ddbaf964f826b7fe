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
    /**
     * Teacher scores are clipped to stay this far from 0 and 1, so that their logits are finite (at most 7 in size).
     */
    private static final double CLIP = 1e-3;

    @Override
    public double loss(double logit, double target) {
        return temperature * temperature * Logistic.crossEntropy(logit / temperature, soften(target));
    }

    @Override
    public double derivative(double logit, double target) {
        return temperature * (Logistic.sigmoid(logit / temperature) - soften(target));
    }

    private double soften(double target) {
        double inside = Math.min(1 - CLIP, Math.max(CLIP, target));
        return Logistic.sigmoid(Exponential.log(inside / (1 - inside)) / temperature);
    }
}
