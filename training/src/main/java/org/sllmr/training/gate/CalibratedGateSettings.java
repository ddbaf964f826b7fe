// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import org.sllmr.configuration.Checks;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.training.calibration.Comparisons;

/**
 * A gate that learns how reliable the teacher is from training interactions that neither it nor the model has seen.
 *
 * <p>The teacher's table must hold users out: plan candidates with {@code heldOut.share} above 0.
 *
 * @param ridge weight of the penalty on the fitted weights, above 0; standardized features
 */
public record CalibratedGateSettings(double ridge) implements GateSettings {
    private static final int FEWEST = 100;

    /** Checks the range. */
    public CalibratedGateSettings {
        new Checks()
                .require(ridge > 0 && Double.isFinite(ridge), "ridge", "is " + ridge + ", allowed is above 0")
                .done();
    }

    /** A penalty that 1,000 comparisons outweigh. */
    public static CalibratedGateSettings defaults() {
        return new CalibratedGateSettings(10);
    }

    @Override
    public Gate create(GateContext context) {
        Comparisons comparisons = Comparisons.of(context.data(), context.teacher());
        if (comparisons.size() < FEWEST) {
            throw new InvalidInputException(
                    "teacher scores",
                    "hold " + comparisons.size()
                            + " comparisons of held-out users, and a calibrated gate needs at least " + FEWEST
                            + "; plan candidates with heldOut.share above 0 and score again");
        }
        return new CalibratedGate(this, context, comparisons);
    }
}
