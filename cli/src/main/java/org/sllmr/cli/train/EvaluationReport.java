// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.train;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.terminal.TableRows;
import org.sllmr.runs.ranking.RankingResult;
import org.sllmr.runs.ranking.RankingResult.PartMetric;

/**
 * The evaluation of a run.
 *
 * @param run the run folder
 * @param bestEpoch the epoch whose weights were kept
 * @param epochs number of epochs trained
 * @param validation metrics by name; null if undefined
 * @param test metrics by name; null if undefined
 * @param ranking the full ranking, or null
 * @param slices metrics of samples by part, of the chosen split; empty unless requested
 */
record EvaluationReport(
        String run,
        int bestEpoch,
        int epochs,
        Map<String, @Nullable Double> validation,
        Map<String, @Nullable Double> test,
        @Nullable RankingResult ranking,
        List<PartMetric> slices) {
    /** Adds optional results to the metrics of a run. */
    static EvaluationReport of(RunReport report, @Nullable RankingResult ranking, List<PartMetric> slices) {
        return new EvaluationReport(
                report.run(), report.bestEpoch(), report.epochs(), report.validation(), report.test(), ranking, slices);
    }

    void print(PrintStream out, int width) {
        new RunReport(run, bestEpoch, epochs, validation, test).print(out, width);
        printParts("Samples by part", slices, out, width);
        if (ranking != null) {
            printRanking(ranking, out, width);
        }
    }

    private static void printRanking(RankingResult ranking, PrintStream out, int width) {
        out.printf(
                Locale.ROOT,
                "%nFull ranking, %s: %,d of %,d users, %,d items, %,.1f candidates on average%n%n",
                ranking.split(),
                ranking.users(),
                ranking.ofUsers(),
                ranking.items(),
                ranking.meanCandidates());
        TableRows table = new TableRows("", "mean", "95 % interval");
        ranking.metrics()
                .forEach((name, estimate) -> table.row(
                        name, TableRows.decimal(estimate.value()), interval(estimate.lower(), estimate.upper())));
        table.print(out, width);
        out.println();
        TableRows lists = new TableRows("first", "coverage", "Gini", "long-tail share", "novelty, bits");
        ranking.lists()
                .forEach((k, list) -> lists.row(
                        Integer.toString(k),
                        TableRows.decimal(list.coverage()),
                        TableRows.decimal(list.gini()),
                        TableRows.decimal(list.longTailShare()),
                        TableRows.decimal(list.novelty())));
        lists.print(out, width);
        printParts("Ranking by part", ranking.slices(), out, width);
        out.printf(
                Locale.ROOT,
                "%n%,.0f scores a second, %.1f s%n",
                ranking.provenance().scoresPerSecond(),
                ranking.provenance().seconds());
    }

    private static void printParts(String title, List<PartMetric> parts, PrintStream out, int width) {
        if (parts.isEmpty()) {
            return;
        }
        out.printf("%n%s%n%n", title);
        TableRows table = new TableRows("", "metric", "value", "95 % interval", "n");
        for (PartMetric part : parts) {
            if (part.value() == null) {
                // An empty part, or an undefined metric.
                continue;
            }
            Double lower = part.lower();
            Double upper = part.upper();
            table.row(
                    part.slicing() + ": " + part.part(),
                    part.metric(),
                    TableRows.decimal(part.value()),
                    lower == null || upper == null ? "-" : interval(lower, upper),
                    TableRows.count(part.n()));
        }
        table.print(out, width);
    }

    private static String interval(double lower, double upper) {
        return "[" + TableRows.decimal(lower) + ", " + TableRows.decimal(upper) + "]";
    }
}
