// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import java.util.Arrays;

/**
 * Adam for a handful of parameters, as PyTorch computes it: Kingma and Ba, "Adam: A Method for Stochastic Optimization",
 * ICLR 2015, with their beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8.
 */
final class Adam {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final double learningRate;
    private final double[] first;
    private final double[] second;
    private int steps;

    Adam(int parameters, double learningRate) {
        this.learningRate = learningRate;
        this.first = new double[parameters];
        this.second = new double[parameters];
    }

    /** Both moments and the number of steps. */
    double[] state() {
        double[] state = Arrays.copyOf(first, 2 * first.length + 1);
        System.arraycopy(second, 0, state, first.length, second.length);
        state[2 * first.length] = steps;
        return state;
    }

    void restore(double[] state) {
        if (state.length != 2 * first.length + 1) {
            throw new IllegalArgumentException(state.length + " numbers for " + first.length + " parameters");
        }
        System.arraycopy(state, 0, first, 0, first.length);
        System.arraycopy(state, first.length, second, 0, second.length);
        steps = (int) state[2 * first.length];
    }

    void update(double[] parameters, double[] gradient) {
        steps++;
        double correction1 = 1 - StrictMath.pow(BETA1, steps);
        double correction2 = Math.sqrt(1 - StrictMath.pow(BETA2, steps));
        for (int index = 0; index < parameters.length; index++) {
            first[index] = BETA1 * first[index] + (1 - BETA1) * gradient[index];
            second[index] = BETA2 * second[index] + (1 - BETA2) * gradient[index] * gradient[index];
            double scale = Math.sqrt(second[index]) / correction2 + EPSILON;
            parameters[index] -= learningRate / correction1 * first[index] / scale;
        }
    }
}
