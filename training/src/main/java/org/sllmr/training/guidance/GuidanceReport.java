// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import java.util.Optional;
import org.sllmr.training.gate.GateReport;

/**
 * What guidance did in an epoch.
 *
 * @param rowsPerStep mean number of guidance rows that joined a step
 * @param pairs of the pairwise guidances
 * @param gate of the gated ones
 */
public record GuidanceReport(double rowsPerStep, Optional<PairReport> pairs, Optional<GateReport> gate) {
    /** No guidance. */
    public static final GuidanceReport NONE = new GuidanceReport(0, Optional.empty(), Optional.empty());

    /**
     * Pairs of an epoch; the means are over all of its pairs, 0 if there was none.
     *
     * @param perStep mean number of pairs of a step: mean K~
     * @param meanHinge mean loss of a pair, ungated and without lambda: max(0, m - (s_i - s_j)) in logit units, or the
     *     cross entropy against a target probability
     * @param violatedShare share of pairs that are pulled further apart: whose margin is violated, or whose likelier order
     *     the model believes less than the target says
     * @param reversedShare share of pairs that the model orders the other way round: s_i below s_j, where i is the item that
     *     the teacher, or the target, prefers
     * @param meanGate mean alpha(u, i, j); 1 where there is no gate
     */
    public record PairReport(
            double perStep, double meanHinge, double violatedShare, double reversedShare, double meanGate) {}
}
