// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.quickstart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.evaluation.significance.Difference;
import org.sllmr.evaluation.significance.PValue;
import org.sllmr.evaluation.significance.Pairing;
import org.sllmr.evaluation.significance.Verdict;
import org.sllmr.runs.compare.Comparison;

/**
 * The quickstart's result in four rows, each with one verdict.
 *
 * <p>A difference is significant if both tests, over seeds and over users, find it so. The p values are corrected over
 * all differences of the comparison (Holm 1979), the same as in {@code sllmr compare}.
 *
 * @param title backbone and dataset
 * @param method name of the method with guidance
 * @param seeds number of seeds of each method
 * @param users number of users in the test samples
 * @param rows overall AUC, AUC of cold users and of long-tail samples, log loss
 */
public record FirstResult(String title, String method, int seeds, int users, List<Row> rows) {
    private static final List<SampleMetric> SHOWN =
            List.of(SampleMetric.AUC, SampleMetric.AUC_COLD, SampleMetric.AUC_LONG_TAIL, SampleMetric.LOG_LOSS);

    /** Copies the rows. */
    public FirstResult {
        rows = List.copyOf(rows);
    }

    /**
     * A metric of both methods on the test samples.
     *
     * @param metric the metric
     * @param alone mean over seeds of the backbone alone
     * @param guided mean over seeds with guidance
     * @param difference guided minus alone
     * @param lower lower end of the difference's 95 % interval over users
     * @param upper upper end
     * @param pSeeds two-sided p value of the paired t-test over seeds; empty with one seed
     * @param pUsers two-sided p value over users
     * @param verdict the verdict of both tests
     */
    public record Row(
            SampleMetric metric,
            double alone,
            double guided,
            double difference,
            double lower,
            double upper,
            Optional<PValue> pSeeds,
            PValue pUsers,
            Verdict verdict) {
        private static Row of(SampleMetric metric, Difference users, Optional<Difference> seeds) {
            return new Row(
                    metric,
                    users.baseline(),
                    users.value(),
                    users.difference(),
                    users.interval().lower(),
                    users.interval().upper(),
                    seeds.map(Difference::pValue),
                    users.pValue(),
                    seeds.map(Difference::verdict)
                            .map(verdict -> verdict == users.verdict() ? verdict : Verdict.NOT_SIGNIFICANT)
                            .orElse(Verdict.NOT_TESTED));
        }
    }

    /** Selects the rows from a comparison of two methods. */
    static FirstResult of(String title, String method, int seeds, Comparison comparison) {
        List<Difference> differences = comparison.of(method);
        List<Row> rows = new ArrayList<>();
        int users = 0;
        for (SampleMetric metric : SHOWN) {
            Optional<Difference> overUsers = find(differences, metric, Pairing.USERS);
            if (overUsers.isPresent()) {
                users = Math.max(users, overUsers.get().pairs());
                rows.add(Row.of(metric, overUsers.get(), find(differences, metric, Pairing.SEEDS)));
            }
        }
        return new FirstResult(title, method, seeds, users, rows);
    }

    private static Optional<Difference> find(List<Difference> differences, SampleMetric metric, Pairing pairing) {
        return differences.stream()
                .filter(difference -> difference.metric() == metric && difference.pairing() == pairing)
                .findFirst();
    }
}
