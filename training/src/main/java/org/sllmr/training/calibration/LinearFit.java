// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.calibration;

/** Ridge regression: the weights w that minimize sum (y - w . x)^2 + ridge |w|^2. */
public final class LinearFit {
    private LinearFit() {}

    /**
     * The minimizing weights.
     *
     * @param rows x: {@code [rows][features]}, at least one
     * @param values y of each row
     * @param ridge above 0, so that constant features do no harm
     */
    public static double[] fit(double[][] rows, double[] values, double ridge) {
        int features = rows[0].length;
        double[][] products = new double[features][features];
        double[] right = new double[features];
        for (int feature = 0; feature < features; feature++) {
            products[feature][feature] = ridge;
        }
        for (int row = 0; row < rows.length; row++) {
            for (int first = 0; first < features; first++) {
                right[first] += rows[row][first] * values[row];
                for (int second = 0; second <= first; second++) {
                    products[first][second] += rows[row][first] * rows[row][second];
                }
            }
        }
        return Cholesky.solve(products, right);
    }
}
