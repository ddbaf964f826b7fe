// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation.significance;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * A two-sided p value.
 *
 * @param value in [0, 1]
 * @param bound whether {@code value} is only an upper bound: no bootstrap draw contradicted the difference, and more
 *     draws would give a smaller value
 */
public record PValue(double value, boolean bound) {
    private static final double SMALLEST_SHOWN = 0.001;
    private static final MathContext TWO_DIGITS_UP = new MathContext(2, RoundingMode.CEILING);

    /** Checks the range. */
    public PValue {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("p-value " + value + " is not in [0, 1]");
        }
    }

    /** An exact p value. */
    public static PValue of(double value) {
        return new PValue(value, false);
    }

    /**
     * As tables show it: {@code 0.031}, {@code <0.001}, or {@code <0.0004} if that is the bound for the number of
     * draws.
     */
    public String text() {
        if (bound && value < 1) {
            return "<"
                    + new BigDecimal(value)
                            .round(TWO_DIGITS_UP)
                            .stripTrailingZeros()
                            .toPlainString();
        }
        return value < SMALLEST_SHOWN ? "<" + SMALLEST_SHOWN : String.format(Locale.ROOT, "%.3f", value);
    }
}
