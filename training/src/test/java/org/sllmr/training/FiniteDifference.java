// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import java.util.function.ToDoubleFunction;

/** Derivatives by central differences, to check gradients with. */
public final class FiniteDifference {
    private static final float STEP = 1e-2f;

    private FiniteDifference() {}

    /** Derivative of the loss by each logit. */
    public static double[] gradient(float[] logits, ToDoubleFunction<float[]> loss) {
        double[] gradient = new double[logits.length];
        for (int row = 0; row < logits.length; row++) {
            float[] above = logits.clone();
            float[] below = logits.clone();
            above[row] += STEP;
            below[row] -= STEP;
            gradient[row] =
                    (loss.applyAsDouble(above) - loss.applyAsDouble(below)) / ((double) above[row] - below[row]);
        }
        return gradient;
    }

    /** As doubles, to be compared. */
    public static double[] widen(float[] values) {
        double[] wide = new double[values.length];
        for (int index = 0; index < values.length; index++) {
            wide[index] = values[index];
        }
        return wide;
    }
}
