// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation.significance;

/** The conclusion from a difference, with the same wording in commands, tables, charts and reports. */
public enum Verdict {
    /** Significantly better than the baseline. */
    BETTER("better"),
    /** Significantly worse than the baseline. */
    WORSE("worse"),
    /** The difference could be due to chance. */
    NOT_SIGNIFICANT("not significant"),
    /** Too few pairs for a test, or nothing to compare with. */
    NOT_TESTED("not tested");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    /** The verdict in words. */
    public String words() {
        return words;
    }
}
