// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.numeric;

/** The logistic function and related functions, without overflow for any logit. */
public final class Logistic {
    private Logistic() {}

    /** 1 / (1 + exp(-x)): the probability of a logit. */
    public static double sigmoid(double x) {
        double e = Exponential.exp(-Math.abs(x));
        return (x < 0 ? e : 1) / (1 + e);
    }

    /** log(1 + exp(x)), to within three units in the last place: the loss of a logit -x whose label is 1. */
    public static double softplus(double x) {
        return Math.max(x, 0) + Exponential.log1p(Exponential.exp(-Math.abs(x)));
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
