// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.optimizer;

/** Gradients that are scaled down together, so that their direction stays (Pascanu et al. 2013, algorithm 1). */
public final class GradientClipping {
    private GradientClipping() {}

    /** Sum of the squares of the first values. */
    public static double squares(float[] values, int length) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += (double) values[i] * values[i];
        }
        return sum;
    }

    /** Scales the first values so that a gradient of that squared length becomes no longer than {@code longest}. */
    public static void clip(float[] values, int length, double squares, double longest) {
        double norm = Math.sqrt(squares);
        if (norm > longest) {
            float factor = (float) (longest / norm);
            for (int i = 0; i < length; i++) {
                values[i] *= factor;
            }
        }
    }
}
