// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.objective;

/** The logistic function and related functions, without overflow for any logit. */
public final class Logistic {
    private Logistic() {}

    /** 1 / (1 + exp(-x)): the probability of a logit. */
    public static double sigmoid(double x) {
        if (x >= 0) {
            return 1 / (1 + Math.exp(-x));
        }
        double e = Math.exp(x);
        return e / (1 + e);
    }

    /**
     * log(1 + exp(x)), to within 2e-16: the loss of a logit -x whose label is 1.
     *
     * <p>It avoids log1p, which keeps more digits of losses under 1e-16 but takes five times as long.
     */
    public static double softplus(double x) {
        return Math.max(x, 0) + Math.log(1 + Math.exp(-Math.abs(x)));
    }

    /**
     * Cross entropy of sigmoid(logit) against a target probability.
     *
     * @param logit any finite number
     * @param target in [0, 1]
     */
    public static double crossEntropy(double logit, double target) {
        return softplus(logit) - target * logit;
    }
}
