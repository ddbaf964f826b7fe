// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.result;

/** The paired t-test by the book, with the t distribution by numerical integration; for tests alone. */
public final class PairedTTest implements PairedTest {
    @Override
    public PairedDifference compare(double[] baseline, double[] method) {
        int n = baseline.length;
        double[] differences = new double[n];
        for (int pair = 0; pair < n; pair++) {
            differences[pair] = method[pair] - baseline[pair];
        }
        Summary summary = Summary.of(differences);
        double error = summary.standardDeviation() / Math.sqrt(n);
        double p = error == 0 ? 1 : tail(Math.abs(summary.mean()) / error, n - 1);
        double quantile = quantile(n - 1);
        return new PairedDifference(
                summary.mean(),
                summary.mean() - quantile * error,
                summary.mean() + quantile * error,
                0.95,
                p,
                p,
                error == 0 ? 0 : summary.mean() / summary.standardDeviation(),
                n);
    }

    private static double quantile(int df) {
        double low = 0;
        double high = 100;
        for (int halving = 0; halving < 40; halving++) {
            double middle = (low + high) / 2;
            if (tail(middle, df) > 0.05) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Two-sided tail of the t distribution: with x = sqrt(df) tan(angle) its density is cos^(df - 1). */
    private static double tail(double t, int df) {
        int steps = 400;
        double start = Math.atan(t / Math.sqrt(df));
        return integral(start, df, steps) / integral(0, df, steps);
    }

    private static double integral(double from, int df, int steps) {
        double width = (Math.PI / 2 - from) / steps;
        double sum = 0;
        for (int step = 0; step < steps; step++) {
            sum += Math.pow(Math.cos(from + (step + 0.5) * width), df - 1);
        }
        return sum * width;
    }
}
