// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import java.util.Optional;
import org.sllmr.training.calibration.TeacherUse;
import org.sllmr.training.gate.GateReport;

/**
 * What guidance did in an epoch.
 *
 * @param rowsPerStep mean number of guidance rows of a step
 * @param pairs statistics of pairs; empty for guidance by single rows
 * @param gate what the gate did; empty without a gate
 * @param use where the teacher's scores are used; empty where that is not decided by held-out interactions
 */
public record GuidanceReport(
        double rowsPerStep, Optional<PairReport> pairs, Optional<GateReport> gate, Optional<TeacherUse> use) {
    /** No guidance. */
    public static final GuidanceReport NONE =
            new GuidanceReport(0, Optional.empty(), Optional.empty(), Optional.empty());

    /** A report of guidance that does not decide where the teacher's scores are used. */
    public GuidanceReport(double rowsPerStep, Optional<PairReport> pairs, Optional<GateReport> gate) {
        this(rowsPerStep, pairs, gate, Optional.empty());
    }

    /**
     * Statistics over all pairs of an epoch; 0 if there was none.
     *
     * @param perStep mean number of pairs of a step: mean K~
     * @param meanHinge mean loss of a pair, without gate and lambda: max(0, m - (s_i - s_j)) in logit units, or the
     *     cross entropy against a target probability
     * @param violatedShare share of pairs whose margin is violated, or whose likelier order has a lower probability in
     *     the model than in the target
     * @param reversedShare share of pairs with s_i below s_j, where i is the item that the teacher, or the target,
     *     prefers
     * @param meanGate mean alpha(u, i, j); 1 without a gate
     */
    public record PairReport(
            double perStep, double meanHinge, double violatedShare, double reversedShare, double meanGate) {}
}
