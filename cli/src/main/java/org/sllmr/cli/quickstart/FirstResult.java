// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.quickstart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sllmr.report.result.Verdict;
import org.sllmr.runs.compare.Comparison;
import org.sllmr.runs.compare.Comparison.Pairing;

/**
 * What the quickstart found, in four rows, each judged once.
 *
 * <p>A difference counts where both tests see it: training under other seeds would show it again, and so would other
 * users. Each of the two tests is corrected for the number of its rows (Holm 1979).
 *
 * @param title backbone and dataset
 * @param method name of the method with guidance
 * @param seeds seeds that each method was trained with
 * @param users users that both were judged on
 * @param rows overall AUC, then AUC where data is thin, then log loss
 */
public record FirstResult(String title, String method, int seeds, int users, List<Row> rows) {
    /** Copies the rows. */
    public FirstResult {
        rows = List.copyOf(rows);
    }

    /**
     * A metric of both methods on the test samples.
     *
     * @param metric what was measured
     * @param alone mean over seeds of the backbone alone
     * @param guided mean over seeds with guidance
     * @param difference guided minus alone
     * @param lower lower end of its 95 % interval over users
     * @param upper upper end
     * @param pSeeds two-sided p-value of the paired t-test over seeds; empty with one seed
     * @param pUsers two-sided p-value over users
     * @param verdict what both tests allow one to say
     */
    public record Row(
            Measured metric,
            double alone,
            double guided,
            double difference,
            double lower,
            double upper,
            Optional<Double> pSeeds,
            double pUsers,
            Verdict verdict) {}

    /** A metric that the quickstart shows. */
    public enum Measured {
        AUC("auc", "AUC", "overall"),
        COLD("aucCold", "AUC, cold users", "for cold users"),
        LONG_TAIL("aucLongTail", "AUC, long-tail samples", "on long-tail samples"),
        LOG_LOSS("logLoss", "Log loss", "in log loss");

        private final String key;
        private final String label;
        private final String place;

        Measured(String key, String label, String place) {
            this.key = key;
            this.label = label;
            this.place = place;
        }

        /** How tables name it. */
        public String label() {
            return label;
        }

        /** How a sentence names it, after "raised AUC". */
        String place() {
            return place;
        }
    }

    /** Takes the rows from a comparison of two methods. */
    static FirstResult of(String title, String method, int seeds, Comparison comparison) {
        List<Row> rows = new ArrayList<>();
        int users = 0;
        for (Measured metric : Measured.values()) {
            Optional<Comparison.Row> bySeeds = row(comparison, metric, Pairing.SEEDS);
            Optional<Comparison.Row> byUsers = row(comparison, metric, Pairing.USERS);
            if (byUsers.isPresent()) {
                Comparison.Row found = byUsers.get();
                users = Math.max(users, found.n());
                rows.add(new Row(
                        metric,
                        found.baseline(),
                        found.value(),
                        found.difference(),
                        found.lower(),
                        found.upper(),
                        bySeeds.map(Comparison.Row::pValue),
                        found.pValue(),
                        bySeeds.map(other -> verdict(found, other)).orElse(Verdict.UNTESTED)));
            }
        }
        return new FirstResult(title, method, seeds, users, rows);
    }

    private static Optional<Comparison.Row> row(Comparison comparison, Measured metric, Pairing pairing) {
        return comparison.rows().stream()
                .filter(row -> row.metric().equals(metric.key) && row.pairing() == pairing)
                .findFirst();
    }

    private static Verdict verdict(Comparison.Row one, Comparison.Row other) {
        if (one.verdict() != other.verdict()) {
            return Verdict.NOT_SIGNIFICANT;
        }
        return switch (one.verdict()) {
            case BETTER -> Verdict.BETTER;
            case WORSE -> Verdict.WORSE;
            case NOT_SIGNIFICANT -> Verdict.NOT_SIGNIFICANT;
        };
    }
}
