// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

/**
 * The losses of successive steps, each measured before its step's update.
 *
 * @param objective L_rec, mean over the step's samples: {@code [steps]}
 * @param guidance lambda L_LLM: {@code [steps]}
 * @param samples number of samples: {@code [steps]}
 */
public record StepLosses(double[] objective, double[] guidance, int[] samples) {
    /** Checks that all have the same steps. */
    public StepLosses {
        if (objective.length != samples.length || guidance.length != samples.length) {
            throw new IllegalArgumentException(
                    objective.length + ", " + guidance.length + " and " + samples.length + " steps");
        }
    }
}
