// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.numeric;

/**
 * Arithmetic means, added up one value after the other.
 *
 * <p>{@code DoubleStream} corrects its sums, by a method that it does not promise and that may change with Java's version.
 */
public final class Mean {
    private Mean() {}

    /** The mean; NaN of no values. */
    public static double of(double... values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
