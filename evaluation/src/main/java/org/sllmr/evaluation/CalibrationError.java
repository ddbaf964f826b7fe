// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation;

import java.util.OptionalDouble;
import org.sllmr.data.Samples;
import org.sllmr.data.numeric.Logistic;

/**
 * Expected calibration error: the mean distance of predicted probabilities from observed frequencies.
 *
 * <p>Rows fall into equal-width bins of their probability; the error is the mean over rows of |mean probability - share
 * of positives| of their bin (Guo et al., "On Calibration of Modern Neural Networks", ICML 2017, eq. 3, with the
 * probability of the positive class). It is relative to the stored samples: with one negative per positive, a
 * calibrated model predicts one half on average, whatever the real click rate is.
 */
final class CalibrationError {
    /** Number of bins that the source uses. */
    public static final int BINS = 15;

    private CalibrationError() {}

    /**
     * The expected calibration error of all rows.
     *
     * @param logits one logit per row of {@code samples}
     * @param bins number of equal-width bins, at least 1
     * @return a value in [0, 1]; empty if there are no rows
     * @throws IllegalArgumentException if the logits do not match the samples, or one is NaN
     */
    public static OptionalDouble of(float[] logits, Samples samples, int bins) {
        Auc.checkAligned(logits, samples);
        // Within a bin, the error is |sum of probability - sum of label|; the bin's size cancels out.
        double[] excess = new double[bins];
        for (int row = 0; row < logits.length; row++) {
            double probability = Logistic.sigmoid(logits[row]);
            if (Double.isNaN(probability)) {
                throw new IllegalArgumentException("the logit of row " + row + " is NaN; the model has diverged");
            }
            int bin = Math.min(bins - 1, (int) (probability * bins));
            excess[bin] += probability - samples.label(row);
        }
        double sum = 0;
        for (double difference : excess) {
            sum += Math.abs(difference);
        }
        return logits.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / logits.length);
    }
}
