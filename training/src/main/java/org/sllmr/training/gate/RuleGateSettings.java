// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import org.sllmr.configuration.Checks;

/**
 * A gate by rule, for comparison with gates that learn: the importance weights of DLLM2Rec (Cui et al. 2024, Section 3.2),
 * by which its student weighs the items that a language model ranks first.
 *
 * <p>A pair counts as much as its preferred item: the mean, by the weights below, of exp(-rank / lambda), where the
 * teacher's first item has rank 0 (position); exp(score - 1), so that a score of 1 counts 1 (confidence: the distance
 * between the model's words and the item, for which the score stands in); and whether the item is among the model's own
 * first ones of the user's rows in the step (consistency).
 *
 * @param positionWeight weight of the position, 0 or more
 * @param confidenceWeight weight of the confidence, 0 or more
 * @param consistencyWeight weight of the consistency, 0 or more; not all three are 0
 * @param decay lambda, ranks after which the position counts e times less, above 0 up to 10,000
 * @param top how many of the model's first items are consistent, 1 to 1,024
 */
public record RuleGateSettings(
        double positionWeight, double confidenceWeight, double consistencyWeight, double decay, int top)
        implements GateSettings {
    /** Checks the ranges. */
    public RuleGateSettings {
        Checks checks = new Checks()
                .atLeast("positionWeight", positionWeight, 0)
                .atLeast("confidenceWeight", confidenceWeight, 0)
                .atLeast("consistencyWeight", consistencyWeight, 0)
                .aboveUpTo("decay", decay, 0, 10_000)
                .between("top", top, 1, 1_024);
        checks.require(
                positionWeight + confidenceWeight + consistencyWeight != 0,
                "positionWeight",
                "is 0, as are confidenceWeight and consistencyWeight; one of them must be above 0");
        checks.done();
    }

    /** All three alike, a decay of 10 ranks, and the first 3 of the rows of a user in a step. */
    public static RuleGateSettings defaults() {
        return new RuleGateSettings(1, 1, 1, 10, 3);
    }

    @Override
    public Gate create(GateContext context) {
        return new RuleGate(this, context.teacher());
    }
}
