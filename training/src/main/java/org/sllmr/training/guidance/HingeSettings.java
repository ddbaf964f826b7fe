// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import org.sllmr.configuration.Checks;

/**
 * The pairwise loss, max(0, m - (s(u, i) - s(u, j))) for each pair (paper, Section 3.2).
 *
 * @param margin m, in logit units; 0 to 100; not given in the paper
 * @param byDifference whether m is the margin times the difference of the teacher's scores, so that a pair that the teacher
 *     hardly tells apart asks for little
 * @param reduction over the pairs of a step
 */
public record HingeSettings(double margin, boolean byDifference, HingeReduction reduction) {
    /** Checks the range. */
    public HingeSettings {
        new Checks().between("margin", margin, 0, 100).done();
    }

    /** A margin of 1, and the sum as the paper writes it. */
    public static HingeSettings defaults() {
        return new HingeSettings(1, false, HingeReduction.SUM);
    }
}
