// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.signal;

import org.sllmr.data.numeric.Logistic;

/** How uncertain the base model is of a row, q(u, i) (paper, Section 3.3, "Uncertainty instantiations"). */
public enum Uncertainty {
    /**
     * (a) 1 - max_k p(k|u, i). A click has two outcomes, so it lies in [0, 1/2]: 1/2 at p = 1/2, falling to 0 as p nears
     * 0 or 1.
     */
    CONFIDENCE,
    /**
     * (b) The entropy of p(.|u, i) over its largest value log 2, in [0, 1]. For two outcomes it is an increasing
     * function of {@link #CONFIDENCE}, so it orders rows the same way.
     */
    ENTROPY,
    /**
     * (c) The variance of p over several dropout masks (Gal and Ghahramani, "Dropout as a Bayesian Approximation", ICML
     * 2016) over its largest possible value 1/4, in [0, 1]. Each mask costs a forward pass of the batch; without
     * dropout the variance is 0.
     */
    DROPOUT_VARIANCE;

    private static final double LARGEST_VARIANCE = 0.25;
    private static final double LN_2 = StrictMath.log(2);

    /**
     * The uncertainty of the batch's rows from index {@code from} on.
     *
     * @param logits logits of the batch
     * @param from index of the first row to estimate
     * @param passes number of dropout passes, at least 2; used for dropout variance only
     * @param resampler called {@code passes} times for {@link #DROPOUT_VARIANCE} only
     * @return q in [0, 1]: {@code [logits.length - from]}
     */
    float[] estimate(float[] logits, int from, int passes, Resampler resampler) {
        float[] uncertainty = new float[logits.length - from];
        switch (this) {
            case CONFIDENCE -> {
                for (int row = 0; row < uncertainty.length; row++) {
                    uncertainty[row] = (float) Logistic.sigmoid(-Math.abs(logits[from + row]));
                }
            }
            case ENTROPY -> {
                for (int row = 0; row < uncertainty.length; row++) {
                    uncertainty[row] = (float) scaledEntropy(logits[from + row]);
                }
            }
            case DROPOUT_VARIANCE -> {
                double[] sums = new double[uncertainty.length];
                double[] squares = new double[uncertainty.length];
                for (int pass = 0; pass < passes; pass++) {
                    float[] resampled = resampler.resample();
                    for (int row = 0; row < uncertainty.length; row++) {
                        double probability = Logistic.sigmoid(resampled[from + row]);
                        sums[row] += probability;
                        squares[row] += probability * probability;
                    }
                }
                for (int row = 0; row < uncertainty.length; row++) {
                    double mean = sums[row] / passes;
                    double variance = Math.max(0, squares[row] / passes - mean * mean);
                    uncertainty[row] = (float) Math.min(1, variance / LARGEST_VARIANCE);
                }
            }
        }
        return uncertainty;
    }

    /** H(p) = softplus(x) - x p for p = sigmoid(x), over log 2; symmetric, and stable for x of at most 0. */
    private static double scaledEntropy(double logit) {
        double x = -Math.abs(logit);
        return (Logistic.softplus(x) - x * Logistic.sigmoid(x)) / LN_2;
    }
}
