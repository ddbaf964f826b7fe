// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.calibration;

import org.sllmr.data.numeric.Logistic;

/**
 * Logistic regression without intercept on outcomes that are all 1: minimizes the sum over rows of softplus(-w . x) +
 * ridge |w|^2 / 2 by Newton's method.
 *
 * <p>Each row is a difference of features, those of the chosen alternative minus those of the other. Its negative with
 * outcome 0 is the same observation, so an intercept has no meaning (Bradley and Terry 1952).
 */
final class LogisticFit {
    private static final int MAX_STEPS = 50;
    private static final double TOLERANCE = 1e-9;

    private LogisticFit() {}

    /**
     * The minimizing weights.
     *
     * @param rows {@code [rows][features]}, at least one; features of similar scale, so that the penalty treats all
     *     alike
     * @param ridge above 0, so that separable rows have a minimum too
     */
    static double[] fit(double[][] rows, double ridge) {
        int features = rows[0].length;
        double[] weights = new double[features];
        for (int step = 0; step < MAX_STEPS; step++) {
            double[] gradient = new double[features];
            double[][] hessian = new double[features][features];
            for (int feature = 0; feature < features; feature++) {
                gradient[feature] = ridge * weights[feature];
                hessian[feature][feature] = ridge;
            }
            for (double[] row : rows) {
                double miss = Logistic.sigmoid(-dot(weights, row));
                double curvature = miss * (1 - miss);
                for (int first = 0; first < features; first++) {
                    gradient[first] -= miss * row[first];
                    double scaled = curvature * row[first];
                    for (int second = 0; second <= first; second++) {
                        hessian[first][second] += scaled * row[second];
                    }
                }
            }
            double[] move = Cholesky.solve(hessian, gradient);
            // Far from the minimum a full step may overshoot; the loss is convex, so halving the step ends that.
            double scale = 1;
            double before = loss(rows, weights, ridge);
            double[] moved = moved(weights, move, scale);
            while (loss(rows, moved, ridge) > before && scale > 1e-6) {
                scale /= 2;
                moved = moved(weights, move, scale);
            }
            double largest = largestDifference(moved, weights);
            weights = moved;
            if (largest < TOLERANCE) {
                break;
            }
        }
        return weights;
    }

    private static double largestDifference(double[] first, double[] second) {
        double largest = 0;
        for (int index = 0; index < first.length; index++) {
            largest = Math.max(largest, Math.abs(first[index] - second[index]));
        }
        return largest;
    }

    private static double[] moved(double[] weights, double[] move, double scale) {
        double[] moved = weights.clone();
        for (int feature = 0; feature < moved.length; feature++) {
            moved[feature] -= scale * move[feature];
        }
        return moved;
    }

    /**
     * As {@link #fit}, for features of any scale: the penalty treats each as if it had mean square 1. A feature that is
     * 0 in every row gets weight 0.
     *
     * @return weights of the unscaled features
     */
    static double[] fitStandardized(double[][] rows, double ridge) {
        int size = rows[0].length;
        double[] scales = new double[size];
        for (int feature = 0; feature < size; feature++) {
            double squares = 0;
            for (double[] row : rows) {
                squares += row[feature] * row[feature];
            }
            scales[feature] = squares > 0 ? 1 / Math.sqrt(squares / rows.length) : 0;
        }
        double[][] scaled = new double[rows.length][size];
        for (int row = 0; row < rows.length; row++) {
            for (int feature = 0; feature < size; feature++) {
                scaled[row][feature] = rows[row][feature] * scales[feature];
            }
        }
        double[] fitted = fit(scaled, ridge);
        for (int feature = 0; feature < size; feature++) {
            fitted[feature] *= scales[feature];
        }
        return fitted;
    }

    /** What {@link #fit} minimizes. */
    static double loss(double[][] rows, double[] weights, double ridge) {
        double loss = ridge / 2 * dot(weights, weights);
        for (double[] row : rows) {
            loss += Logistic.softplus(-dot(weights, row));
        }
        return loss;
    }

    private static double dot(double[] first, double[] second) {
        double sum = 0;
        for (int index = 0; index < first.length; index++) {
            sum += first[index] * second[index];
        }
        return sum;
    }
}
