// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.objective;

import org.sllmr.configuration.Checks;

/**
 * InfoNCE: cross entropy of the softmax over a positive and its negatives, mean over positives.
 *
 * <p>van den Oord, Li and Vinyals, "Representation Learning with Contrastive Predictive Coding", 2018, equation 4. With
 * one negative and temperature 1 it is BPR.
 *
 * @param temperature divides the logits; above 0 up to 100; the smaller, the more the hardest negatives count
 */
public record InfoNce(double temperature) implements Objective {
    /** Checks the range. */
    public InfoNce {
        new Checks().aboveUpTo("temperature", temperature, 0, 100).done();
    }

    /** Temperature 1. */
    public static InfoNce defaults() {
        return new InfoNce(1);
    }

    @Override
    public boolean grouped() {
        return true;
    }

    @Override
    public double evaluate(float[] logits, float[] labels, int groupSize, float[] gradient) {
        int samples = labels.length;
        int positives = samples / groupSize;
        double sum = 0;
        for (int positive = 0; positive < samples; positive += groupSize) {
            int end = positive + groupSize;
            double largest = Double.NEGATIVE_INFINITY;
            for (int row = positive; row < end; row++) {
                largest = Math.max(largest, logits[row]);
            }
            double total = 0;
            for (int row = positive; row < end; row++) {
                total += Math.exp((logits[row] - largest) / temperature);
            }
            sum += Math.log(total) - (logits[positive] - largest) / temperature;
            for (int row = positive; row < end; row++) {
                double share = Math.exp((logits[row] - largest) / temperature) / total;
                double target = row == positive ? 1 : 0;
                gradient[row] += (float) ((share - target) / temperature / positives);
            }
        }
        return sum / positives;
    }
}
