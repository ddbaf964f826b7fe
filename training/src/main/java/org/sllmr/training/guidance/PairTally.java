// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import java.util.Optional;
import org.sllmr.data.numeric.Logistic;
import org.sllmr.training.calibration.TeacherUse;
import org.sllmr.training.gate.GateReport;

/** Statistics of an epoch's pairs with a target probability. */
final class PairTally {
    private final RowCount rows = new RowCount();
    private long steps;
    private long pairs;
    private double losses;
    private long below;
    private long reversed;

    /**
     * Adds a pair of a step.
     *
     * @param loss of the pair, without lambda
     * @param difference of the two logits
     * @param target probability that the first is preferred
     */
    void add(double loss, double difference, double target) {
        pairs++;
        losses += loss;
        double own = Logistic.sigmoid(difference);
        // Counted in the likelier order.
        below += (target >= 0.5 ? own < target : own > target) ? 1 : 0;
        reversed += (target >= 0.5) == (difference < 0) ? 1 : 0;
    }

    /** Ends a step. */
    void step(int guidanceRows) {
        steps++;
        rows.step(guidanceRows);
    }

    /** The report of the steps since the last call; resets the counts. */
    GuidanceReport drain(Optional<GateReport> fitted, Optional<TeacherUse> use) {
        double all = Math.max(1, pairs);
        GuidanceReport.PairReport report = new GuidanceReport.PairReport(
                (double) pairs / Math.max(1, steps), losses / all, below / all, reversed / all, 1);
        steps = 0;
        pairs = 0;
        losses = 0;
        below = 0;
        reversed = 0;
        return new GuidanceReport(rows.perStep(), Optional.of(report), fitted, use);
    }
}
