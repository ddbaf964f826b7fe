// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.result;

import java.util.Optional;

/** What a difference allows one to say. */
public enum Verdict {
    /** The method is better than the baseline, and chance is an unlikely reason. */
    BETTER("better"),
    /** The method is worse than the baseline, and chance is an unlikely reason. */
    WORSE("worse"),
    /** Chance alone could give such a difference. */
    NOT_SIGNIFICANT("not significant"),
    /** Fewer than two pairs: nothing can be said. */
    UNTESTED("too few seeds to tell");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    /** The verdict in words, for tables. */
    public String words() {
        return words;
    }

    /** Judges a difference in a metric by its corrected p value; a difference of exactly nothing is never significant. */
    public static Verdict of(MetricColumn metric, Optional<PairedDifference> difference) {
        if (difference.isEmpty()) {
            return UNTESTED;
        }
        PairedDifference found = difference.get();
        if (!found.significant() || found.mean() == 0) {
            return NOT_SIGNIFICANT;
        }
        return found.mean() > 0 == metric.higherIsBetter() ? BETTER : WORSE;
    }
}
