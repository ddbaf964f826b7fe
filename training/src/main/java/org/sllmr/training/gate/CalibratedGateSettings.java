// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import java.util.ArrayList;
import java.util.List;
import org.sllmr.configuration.Checks;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.training.calibration.Comparisons;
import org.sllmr.training.signal.Uncertainty;

/**
 * A gate fitted on training interactions that neither the teacher nor the model has seen.
 *
 * <p>The teacher's table must hold users out: plan candidates with {@code heldOut.share} above 0. Uncertainty must not be
 * {@link Uncertainty#DROPOUT_VARIANCE}: held-out interactions are scored as in serving, where nothing is dropped.
 *
 * @param ridge weight of the penalty on the weights of standardized features, above 0
 */
public record CalibratedGateSettings(double ridge) implements GateSettings {
    /** Checks the range. */
    public CalibratedGateSettings {
        new Checks()
                .require(ridge > 0 && Double.isFinite(ridge), "ridge", "is " + ridge + ", allowed is above 0")
                .done();
    }

    /** A penalty small beside 1,000 comparisons. */
    public static CalibratedGateSettings defaults() {
        return new CalibratedGateSettings(10);
    }

    @Override
    public Gate create(GateContext context) {
        List<Problem> problems = new ArrayList<>();
        Comparisons comparisons = HeldOutRequirements.check(context, "a calibrated gate", problems);
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return new CalibratedGate(this, context, comparisons);
    }
}
