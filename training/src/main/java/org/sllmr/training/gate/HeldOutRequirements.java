// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import java.util.List;
import org.sllmr.configuration.Problem;
import org.sllmr.training.calibration.Comparisons;
import org.sllmr.training.signal.Uncertainty;

/** What a gate needs that is fitted on held-out interactions. */
final class HeldOutRequirements {
    private static final int MIN_COMPARISONS = 100;

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
        if (comparisons.size() < MIN_COMPARISONS) {
            problems.add(new Problem(
                    "teacher scores",
                    "hold " + comparisons.size() + " comparisons of held-out users with other items, and " + gate
                            + " needs at least " + MIN_COMPARISONS
                            + "; plan with plan.heldOut.share above 0, such as 0.1, and score again"));
        }
        return comparisons;
    }
}
