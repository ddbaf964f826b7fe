// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.schema;

import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.TrainingData;
import org.sllmr.data.VectorColumn;

/**
 * What vectors are multiplied by. Nothing is subtracted, so that zeros stay zeros.
 *
 * @param squares sum of the squares of all elements, 0 or more
 * @param count number of the elements
 * @param width floats of a vector
 */
record VectorScales(double squares, long count, int width) {
    /** Samples that are looked at: enough for a mean. */
    private static final int MOST = 5_000;

    /**
     * Of the means of histories, and of their products with the candidates.
     *
     * @param means of the last items' vectors
     * @param products of these and the candidate's, element by element
     */
    record OfHistories(VectorScales means, VectorScales products) {}

    /** So that the mean square of the elements is 1, as that of standardized numbers is. */
    float toElements() {
        return finite((float) (1 / Math.sqrt(squares / count)));
    }

    /**
     * So that the mean square of the vectors' lengths is 1. Fields of a network are projections of these. With longer
     * vectors they fit the training samples before they say much of others: on Amazon Beauty a DCNv2 that reads texts has
     * the highest validation AUC where vectors are of this length, or shorter (docs/lab-notes/text-features.md).
     */
    float toLength() {
        return finite((float) (1 / Math.sqrt(squares / count * width)));
    }

    private float finite(float scale) {
        return squares > 0 && Float.isFinite(scale) ? scale : 1;
    }

    /** For the vectors of rows that occur in training. */
    static VectorScales ofRows(VectorColumn column, int[] ofRow) {
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
        return new VectorScales(squares, count, column.width());
    }

    /**
     * For the means of histories, and for their products with the candidates; of samples spread evenly over the training
     * data.
     *
     * @param historyLength how many of the last items are looked at
     */
    static OfHistories ofHistories(VectorColumn column, TrainingData data, int historyLength) {
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
        return new OfHistories(
                new VectorScales(means, count, column.width()), new VectorScales(products, count, column.width()));
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
}
