// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import org.sllmr.model.kernel.Functions;

/** The parts of a softmax over consecutive elements; between the first two comes exp, of many segments at once. */
final class Segments {
    /** As many experts as DCN-V2 has by default: written out, since loops of four take longer than their arithmetic. */
    private static final int FOUR = 4;

    private Segments() {}

    /** The softmax y of each of some consecutive segments of x, which have that length; x and y may be the same array. */
    static void softmax(Functions functions, float[] x, float[] y, int from, int to, int length) {
        subtractLargest(x, y, from, to, length);
        functions.exp(y, from, to - from);
        divideBySum(y, from, to, length);
    }

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

    /** {@link #subtractLargest(float[], float[], int, int)} of consecutive segments of that length. */
    static void subtractLargest(float[] x, float[] y, int from, int to, int length) {
        if (length == FOUR) {
            subtractLargestOfFour(x, y, from, to);
            return;
        }
        for (int at = from; at < to; at += length) {
            subtractLargest(x, y, at, at + length);
        }
    }

    private static void subtractLargestOfFour(float[] x, float[] y, int from, int to) {
        for (int at = from; at < to; at += FOUR) {
            float a = x[at];
            float b = x[at + 1];
            float c = x[at + 2];
            float d = x[at + 3];
            float largest = Math.max(Math.max(a, b), Math.max(c, d));
            y[at] = a - largest;
            y[at + 1] = b - largest;
            y[at + 2] = c - largest;
            y[at + 3] = d - largest;
        }
    }

    /** {@link #divideBySum(float[], int, int)} of consecutive segments of that length. */
    static void divideBySum(float[] y, int from, int to, int length) {
        if (length == FOUR) {
            divideBySumOfFour(y, from, to);
            return;
        }
        for (int at = from; at < to; at += length) {
            divideBySum(y, at, at + length);
        }
    }

    private static void divideBySumOfFour(float[] y, int from, int to) {
        for (int at = from; at < to; at += FOUR) {
            // In the order of the loop above, so that the bits are the same.
            float sum = y[at] + y[at + 1] + y[at + 2] + y[at + 3];
            y[at] /= sum;
            y[at + 1] /= sum;
            y[at + 2] /= sum;
            y[at + 3] /= sum;
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
