// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.objective;

import org.sllmr.configuration.Checks;
import org.sllmr.data.numeric.Exponential;

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
        double[] exponentials = new double[groupSize];
        double sum = 0;
        for (int positive = 0; positive < samples; positive += groupSize) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int row = 0; row < groupSize; row++) {
                largest = Math.max(largest, logits[positive + row]);
            }
            double total = 0;
            for (int row = 0; row < groupSize; row++) {
                exponentials[row] = Exponential.exp((logits[positive + row] - largest) / temperature);
                total += exponentials[row];
            }
            sum += Exponential.log(total) - (logits[positive] - largest) / temperature;
            for (int row = 0; row < groupSize; row++) {
                double target = row == 0 ? 1 : 0;
                gradient[positive + row] += (float) ((exponentials[row] / total - target) / temperature / positives);
            }
        }
        return sum / positives;
    }
}
