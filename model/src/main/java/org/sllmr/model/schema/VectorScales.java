// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.schema;

import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.TrainingData;
import org.sllmr.data.VectorColumn;

/**
 * What vectors are multiplied by so that the mean square of their elements is 1, as that of standardized numbers is: vectors
 * of length 1 have elements so small that it would take long until a network listens to them. Nothing is subtracted, so
 * that zeros stay zeros.
 */
final class VectorScales {
    /** Samples that are looked at: enough for a mean. */
    private static final int MOST = 5_000;

    private VectorScales() {}

    /** For the vectors of rows that occur in training. */
    static float ofRows(VectorColumn column, int[] ofRow) {
        double squares = 0;
        long count = 0;
        for (int row = 0; row < column.rows(); row++) {
            if (ofRow[row] > 0) {
                count += column.width();
                for (int i = row * column.width(); i < (row + 1) * column.width(); i++) {
                    squares += (double) column.values()[i] * column.values()[i];
                }
            }
        }
        return scale(squares, count);
    }

    /**
     * For the means of histories, and for their products with the candidates; of samples spread evenly over the training
     * data.
     *
     * @return the scale of the means, and that of the products
     */
    static float[] ofHistories(VectorColumn column, TrainingData data, int historyLength) {
        InteractionLog log = data.log();
        Instances samples = data.training().instances();
        int[] history = new int[historyLength];
        double[] mean = new double[column.width()];
        double means = 0;
        double products = 0;
        long count = 0;
        int looked = Math.min(MOST, samples.size());
        for (int i = 0; i < looked; i++) {
            int row = (int) ((long) i * samples.size() / looked);
            int position = samples.positions()[row];
            int length = Math.min(position, historyLength);
            if (length == 0) {
                continue;
            }
            log.copyItems(samples.users()[row], position - length, position, history, 0);
            mean(column, history, length, mean);
            int candidate = samples.items()[row] * column.width();
            for (int d = 0; d < mean.length; d++) {
                means += mean[d] * mean[d];
                double product = mean[d] * column.values()[candidate + d];
                products += product * product;
            }
            count += mean.length;
        }
        return new float[] {scale(means, count), scale(products, count)};
    }

    private static void mean(VectorColumn column, int[] rows, int count, double[] mean) {
        for (int d = 0; d < mean.length; d++) {
            double sum = 0;
            for (int i = 0; i < count; i++) {
                sum += column.values()[rows[i] * mean.length + d];
            }
            mean[d] = sum / count;
        }
    }

    private static float scale(double squares, long count) {
        float scale = squares > 0 ? (float) (1 / Math.sqrt(squares / count)) : 1;
        return Float.isFinite(scale) ? scale : 1;
    }
}
