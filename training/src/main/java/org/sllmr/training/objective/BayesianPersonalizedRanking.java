// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.objective;

import org.sllmr.data.numeric.Logistic;

/**
 * BPR: -log sigmoid(s(positive) - s(negative)), mean over the pairs of a positive and each of its negatives.
 *
 * <p>Rendle, Freudenthaler, Gantner and Schmidt-Thieme, "BPR: Bayesian Personalized Ranking from Implicit Feedback",
 * UAI 2009. Its logits rank but are not calibrated, so their log loss means nothing.
 */
public record BayesianPersonalizedRanking() implements Objective {
    /** There is nothing to set. */
    public static BayesianPersonalizedRanking defaults() {
        return new BayesianPersonalizedRanking();
    }

    @Override
    public boolean grouped() {
        return true;
    }

    @Override
    public double evaluate(float[] logits, float[] labels, int groupSize, float[] gradient) {
        int samples = labels.length;
        int pairs = samples / groupSize * (groupSize - 1);
        double sum = 0;
        for (int positive = 0; positive < samples; positive += groupSize) {
            for (int negative = positive + 1; negative < positive + groupSize; negative++) {
                double difference = logits[negative] - (double) logits[positive];
                sum += Logistic.softplus(difference);
                float slope = (float) (Logistic.sigmoid(difference) / pairs);
                gradient[negative] += slope;
                gradient[positive] -= slope;
            }
        }
        return sum / pairs;
    }
}
