// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation;

import java.util.OptionalDouble;

/**
 * A measured number and the counts of the rows that it was measured on.
 *
 * @param value the number, finite; empty if it is not defined, such as the AUC of rows of one class
 * @param samples number of rows
 * @param positives number of positives among them
 * @param lists number of impressions that the number is a mean over; 0 for a number of rows
 */
public record Measurement(OptionalDouble value, int samples, int positives, int lists) {
    /** A number of rows. */
    public Measurement(OptionalDouble value, int samples, int positives) {
        this(value, samples, positives, 0);
    }

    /** A number that is not defined. */
    public static Measurement none() {
        return new Measurement(OptionalDouble.empty(), 0, 0);
    }

    /** Checks that the number is finite and the counts agree. */
    public Measurement {
        if (value.isPresent() && !Double.isFinite(value.getAsDouble())) {
            throw new IllegalArgumentException("a measured number must be finite, found " + value.getAsDouble());
        }
        if (positives < 0 || positives > samples) {
            throw new IllegalArgumentException(positives + " positives of " + samples + " samples");
        }
    }
}
