// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.compare;

import java.util.List;

/**
 * How kinds of runs differ from a baseline.
 *
 * @param dataset name of the dataset
 * @param split {@code test} or {@code validation}
 * @param baseline name of the first kind
 * @param confidence coverage of the intervals
 * @param rows one for each other kind, metric and pairing
 * @param notes what was left out, and how to have it
 */
public record Comparison(
        String dataset, String split, String baseline, double confidence, List<Row> rows, List<String> notes) {
    /** Copies the lists. */
    public Comparison {
        rows = List.copyOf(rows);
        notes = List.copyOf(notes);
    }

    /** What makes up a pair. */
    public enum Pairing {
        /** Two runs under one seed: would another seed show the same difference? */
        SEEDS,
        /** One user under both: would other users? */
        USERS
    }

    /** What a difference allows one to say. */
    public enum Verdict {
        /** Better than the baseline, and chance is an unlikely reason. */
        BETTER("better"),
        /** Worse than the baseline, and chance is an unlikely reason. */
        WORSE("worse"),
        /** Chance alone could give such a difference. */
        NOT_SIGNIFICANT("not significant");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        /** The verdict in words, for tables. */
        public String words() {
            return words;
        }
    }

    /**
     * A difference in one metric.
     *
     * @param method name of the other kind
     * @param metric name of the metric
     * @param pairing what makes up a pair
     * @param n number of pairs
     * @param baseline mean of the baseline
     * @param value mean of the other kind
     * @param difference mean of the other kind minus the baseline
     * @param lower lower end of the difference's interval
     * @param upper upper end
     * @param pValue two-sided p-value
     * @param corrected the same by Holm's correction over all rows with this pairing
     * @param effectSize Cohen's d_z: the mean difference in standard deviations of a pair's; infinite where pairs do not
     *     differ in it
     * @param verdict what the corrected p-value allows one to say
     */
    public record Row(
            String method,
            String metric,
            Pairing pairing,
            int n,
            double baseline,
            double value,
            double difference,
            double lower,
            double upper,
            double pValue,
            double corrected,
            double effectSize,
            Verdict verdict) {}
}
