// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

/** The parts of a softmax over consecutive elements; between the first two comes exp, of many segments at once. */
final class Segments {
    private Segments() {}

    /** {@code y[i] = x[i] - the largest x} for {@code from <= i < to}; x and y may be the same array. */
    static void subtractLargest(float[] x, float[] y, int from, int to) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, x[i]);
        }
        for (int i = from; i < to; i++) {
            y[i] = x[i] - largest;
        }
    }

    /** Divides elements by their sum. */
    static void divideBySum(float[] y, int from, int to) {
        float sum = 0;
        for (int i = from; i < to; i++) {
            sum += y[i];
        }
        for (int i = from; i < to; i++) {
            y[i] /= sum;
        }
    }

    /** The derivative by the elements of a segment, from that by their softmax y. */
    static void gradient(float[] y, float[] upstream, float[] target, int from, int to, boolean add) {
        float mean = 0;
        for (int i = from; i < to; i++) {
            mean += y[i] * upstream[i];
        }
        for (int i = from; i < to; i++) {
            float derivative = y[i] * (upstream[i] - mean);
            target[i] = add ? target[i] + derivative : derivative;
        }
    }
}
