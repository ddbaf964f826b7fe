// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation.significance;

import java.util.Locale;

/**
 * A two-sided p value.
 *
 * @param value in [0, 1]
 */
public record PValue(double value) {
    private static final double SMALLEST_SHOWN = 0.001;

    /** Checks the range. */
    public PValue {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("p-value " + value + " is not in [0, 1]");
        }
    }

    /** As tables show it: {@code 0.031}, or {@code <0.001}. */
    public String text() {
        return value < SMALLEST_SHOWN ? "<" + SMALLEST_SHOWN : String.format(Locale.ROOT, "%.3f", value);
    }
}
