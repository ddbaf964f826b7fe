// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.calibration;

/** Solves linear equations with a small symmetric, positive definite matrix. */
final class Cholesky {
    private Cholesky() {}

    /**
     * The vector x with A x = right.
     *
     * @param lower the lower triangle of A, which is positive definite; overwritten
     */
    static double[] solve(double[][] lower, double[] right) {
        int size = right.length;
        for (int column = 0; column < size; column++) {
            for (int row = column; row < size; row++) {
                double value = lower[row][column];
                for (int index = 0; index < column; index++) {
                    value -= lower[row][index] * lower[column][index];
                }
                lower[row][column] = row == column ? Math.sqrt(value) : value / lower[column][column];
            }
        }
        double[] solution = right.clone();
        for (int row = 0; row < size; row++) {
            for (int index = 0; index < row; index++) {
                solution[row] -= lower[row][index] * solution[index];
            }
            solution[row] /= lower[row][row];
        }
        for (int row = size - 1; row >= 0; row--) {
            for (int index = row + 1; index < size; index++) {
                solution[row] -= lower[index][row] * solution[index];
            }
            solution[row] /= lower[row][row];
        }
        return solution;
    }
}
