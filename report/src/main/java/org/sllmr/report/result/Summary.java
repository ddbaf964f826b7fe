// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.result;

/**
 * Mean and spread of a metric over seeds.
 *
 * @param mean arithmetic mean; NaN without values
 * @param standardDeviation sample standard deviation (divisor n - 1); NaN with fewer than two values
 * @param n number of seeds
 */
public record Summary(double mean, double standardDeviation, int n) {
    /** Summarises the values of all seeds. */
    public static Summary of(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        double mean = sum / values.length;
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        double deviation = values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1));
        return new Summary(mean, deviation, values.length);
    }
}
