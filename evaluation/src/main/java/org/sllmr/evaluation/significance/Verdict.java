// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation.significance;

/** What a difference allows one to say; the one wording of it, in commands, tables, charts and reports alike. */
public enum Verdict {
    /** Better than the baseline, and chance is an unlikely reason. */
    BETTER("better"),
    /** Worse than the baseline, and chance is an unlikely reason. */
    WORSE("worse"),
    /** Chance alone could give such a difference. */
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
