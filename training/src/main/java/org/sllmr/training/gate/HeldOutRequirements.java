// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import java.util.List;
import org.sllmr.configuration.Problem;
import org.sllmr.training.calibration.Comparisons;
import org.sllmr.training.calibration.EnoughComparisons;
import org.sllmr.training.signal.Uncertainty;

/** What a gate needs that is fitted on held-out interactions. */
final class HeldOutRequirements {
    private HeldOutRequirements() {}

    /**
     * The held-out comparisons.
     *
     * @param gate the gate's name in messages
     * @param problems receives what keeps the gate from learning
     */
    static Comparisons check(GateContext context, String gate, List<Problem> problems) {
        if (context.signals().uncertainty() == Uncertainty.DROPOUT_VARIANCE) {
            problems.add(new Problem(
                    "guidance.signals.uncertainty",
                    "is dropout-variance, which " + gate + " cannot use: its held-out interactions are scored"
                            + " without " + "dropout; allowed are confidence and entropy"));
        }
        Comparisons comparisons = Comparisons.of(context.data(), context.teacher());
        EnoughComparisons.check(comparisons, context.data(), context.teacher(), gate)
                .ifPresent(problems::add);
        return comparisons;
    }
}
