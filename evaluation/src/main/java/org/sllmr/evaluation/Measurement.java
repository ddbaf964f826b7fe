// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation;

import java.util.OptionalDouble;

/**
 * One measured number and the rows that it rests on.
 *
 * @param value the number, finite; empty where it is not defined, such as the AUC of rows of one class
 * @param samples number of rows, at least 0
 * @param positives how many of them are positives, at most {@code samples}
 */
public record Measurement(OptionalDouble value, int samples, int positives) {
    /** Checks that the number is finite and the counts agree. */
    public Measurement {
        if (value.isPresent() && !Double.isFinite(value.getAsDouble())) {
            throw new IllegalArgumentException("a measured number is finite or absent, this is " + value.getAsDouble());
        }
        if (positives < 0 || positives > samples) {
            throw new IllegalArgumentException(positives + " positives of " + samples + " samples");
        }
    }
}
