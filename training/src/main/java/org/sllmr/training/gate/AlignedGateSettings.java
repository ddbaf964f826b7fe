// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import java.util.ArrayList;
import java.util.List;
import org.sllmr.configuration.Checks;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.training.calibration.Comparisons;

/**
 * A gate that opens where learning from a pair also lowers the loss on training interactions that neither the teacher nor
 * the model has seen.
 *
 * <p>The teacher's table must hold users out: plan candidates with {@code heldOut.share} above 0. Uncertainty must not be
 * dropout variance, as held-out interactions are scored as in serving.
 *
 * @param probes held-out batches tried before an epoch, 1 to 1,024; each costs a step and scoring all probe pairs
 * @param rows minimum rows of a held-out batch, 2 to 65,536
 * @param pairs probe pairs, 16 to 65,536
 * @param ridge weight of the penalty on the fitted weights, above 0
 */
public record AlignedGateSettings(int probes, int rows, int pairs, double ridge) implements GateSettings {
    /** Checks the ranges. */
    public AlignedGateSettings {
        new Checks()
                .between("probes", probes, 1, 1_024)
                .between("rows", rows, 2, 65_536)
                .between("pairs", pairs, 16, 65_536)
                .require(ridge > 0 && Double.isFinite(ridge), "ridge", "is " + ridge + ", allowed is above 0")
                .done();
    }

    /** Eight batches of 2,048 rows, and 2,048 probe pairs. */
    public static AlignedGateSettings defaults() {
        return new AlignedGateSettings(8, 2_048, 2_048, 10);
    }

    @Override
    public Gate create(GateContext context) {
        List<Problem> problems = new ArrayList<>();
        Comparisons comparisons = HeldOutRequirements.check(context, "an aligned gate", problems);
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return new AlignedGate(this, context, comparisons);
    }
}
