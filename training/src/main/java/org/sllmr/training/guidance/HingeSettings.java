// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import org.sllmr.configuration.Checks;

/**
 * The pairwise loss, max(0, m - (s(u, i) - s(u, j))) for each pair (paper, Section 3.2).
 *
 * @param margin m, in logit units; 0 to 100; not given in the paper
 * @param byDifference whether m is the margin times the difference of the teacher's scores, so that similar scores ask
 *     for a small margin
 * @param hardestShare share of a step's pairs that count, above 0 up to 1: those with the most wrong difference of the
 *     model's logits. The others cost a forward pass but have no loss (online hard example mining, Shrivastava et al.,
 *     CVPR 2016)
 * @param reduction of the losses of the pairs that count
 */
public record HingeSettings(double margin, boolean byDifference, double hardestShare, HingeReduction reduction) {
    /** Checks the ranges. */
    public HingeSettings {
        new Checks()
                .between("margin", margin, 0, 100)
                .aboveUpTo("hardestShare", hardestShare, 0, 1)
                .done();
    }

    /** A margin of 1, all pairs, and the paper's sum. */
    public static HingeSettings defaults() {
        return new HingeSettings(1, false, 1, HingeReduction.SUM);
    }
}
