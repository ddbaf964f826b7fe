// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.table;

import org.sllmr.evaluation.significance.Verdict;

/** Whether something is good or bad, for colours; the words say the same. */
public enum Tone {
    /** Better than the baseline. */
    GOOD,
    /** Worse than the baseline. */
    BAD,
    /** Neither. */
    NEUTRAL;

    /** The tone of a verdict. */
    public static Tone of(Verdict verdict) {
        return switch (verdict) {
            case BETTER -> GOOD;
            case WORSE -> BAD;
            case NOT_SIGNIFICANT, NOT_TESTED -> NEUTRAL;
        };
    }
}
