// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation;

import java.util.OptionalDouble;
import org.sllmr.data.Samples;
import org.sllmr.data.numeric.Logistic;

/**
 * Mean binary cross-entropy in nats, computed from logits.
 *
 * <p>For a logit z and label y it is {@code max(z, 0) - z y + log(1 + exp(-|z|))}, which neither overflows nor needs
 * clipped probabilities: a certain but wrong prediction costs its full |z|.
 */
public final class LogLoss {
    private LogLoss() {}

    /**
     * The log loss of all rows.
     *
     * @param logits one logit per row of {@code samples}
     * @return 0 or more; empty if there are no rows
     * @throws IllegalArgumentException if the logits do not match the samples, or one is NaN
     */
    public static OptionalDouble of(float[] logits, Samples samples) {
        Auc.checkAligned(logits, samples);
        double sum = 0;
        for (int row = 0; row < logits.length; row++) {
            sum += of(logits[row], samples.label(row));
        }
        if (Double.isNaN(sum)) {
            throw new IllegalArgumentException("a logit is NaN; the model has diverged");
        }
        return logits.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / logits.length);
    }

    /** The log loss of some rows; empty if there are none. */
    public static OptionalDouble of(float[] logits, Samples samples, int[] rows) {
        Auc.checkAligned(logits, samples);
        double sum = 0;
        for (int row : rows) {
            sum += of(logits[row], samples.label(row));
        }
        if (Double.isNaN(sum)) {
            throw new IllegalArgumentException("a logit is NaN; the model has diverged");
        }
        return rows.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / rows.length);
    }

    /**
     * The log loss of one row.
     *
     * @param logit the score, any real number
     * @param label 1 or 0
     */
    public static double of(double logit, int label) {
        return Logistic.softplus(label == 1 ? -logit : logit);
    }
}
