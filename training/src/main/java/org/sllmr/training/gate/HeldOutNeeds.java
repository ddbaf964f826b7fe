// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import java.util.List;
import org.sllmr.configuration.Problem;
import org.sllmr.training.calibration.Comparisons;
import org.sllmr.training.signal.Uncertainty;

/** What a gate needs that is judged by held-out training interactions. */
final class HeldOutNeeds {
    private static final int FEWEST = 100;

    private HeldOutNeeds() {}

    /**
     * The held-out comparisons.
     *
     * @param gate how messages name the gate
     * @param problems added to where the gate cannot learn
     */
    static Comparisons check(GateContext context, String gate, List<Problem> problems) {
        if (context.signals().uncertainty() == Uncertainty.DROPOUT_VARIANCE) {
            problems.add(new Problem(
                    "guidance.signals.uncertainty",
                    "is dropout-variance, which " + gate + " cannot read: it learns from scores as in serving, without "
                            + "dropout; allowed are confidence and entropy"));
        }
        Comparisons comparisons = Comparisons.of(context.data(), context.teacher());
        if (comparisons.size() < FEWEST) {
            problems.add(new Problem(
                    "teacher scores",
                    "hold " + comparisons.size() + " comparisons of held-out users with other items, and " + gate
                            + " needs at least " + FEWEST
                            + "; plan with plan.heldOut.share above 0, such as 0.1, and score again"));
        }
        return comparisons;
    }
}
