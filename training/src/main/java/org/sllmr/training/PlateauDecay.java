// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import org.sllmr.configuration.Checks;

/**
 * Lowers the learning rate when the watched validation metric stops getting better.
 *
 * <p>It starts from the model's learning rate. Not in the paper, so off by default.
 *
 * @param factor the rate is multiplied by it; above 0 up to 1; 1 is off
 * @param patience epochs without a new best value before each reduction; 1 or more, and below the patience of early
 *     stopping if the decay is on
 * @param lowest lower limit of the rate; 0 or more
 */
public record PlateauDecay(double factor, int patience, double lowest) {
    /** Checks the ranges. */
    public PlateauDecay {
        new Checks()
                .aboveUpTo("factor", factor, 0, 1)
                .atLeast("patience", patience, 1)
                .atLeast("lowest", lowest, 0)
                .done();
    }

    /** No decay. */
    public static PlateauDecay defaults() {
        return new PlateauDecay(1, 1, 1e-6);
    }

    /** The rate after an epoch. */
    double next(double rate, int epochsSinceBest) {
        if (factor == 1 || epochsSinceBest == 0 || epochsSinceBest % patience != 0) {
            return rate;
        }
        return Math.min(rate, Math.max(lowest, rate * factor));
    }
}
