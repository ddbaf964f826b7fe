// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.objective;

import org.sllmr.data.numeric.Logistic;

/** Binary cross entropy, mean over samples: the usual loss of click-through models. */
public record BinaryCrossEntropy() implements Objective {
    /** There is nothing to set. */
    public static BinaryCrossEntropy defaults() {
        return new BinaryCrossEntropy();
    }

    @Override
    public boolean grouped() {
        return false;
    }

    @Override
    public double evaluate(float[] logits, float[] labels, int groupSize, float[] gradient) {
        int samples = labels.length;
        double sum = 0;
        for (int row = 0; row < samples; row++) {
            sum += Logistic.crossEntropy(logits[row], labels[row]);
            gradient[row] += (float) ((Logistic.sigmoid(logits[row]) - labels[row]) / samples);
        }
        return sum / samples;
    }
}
