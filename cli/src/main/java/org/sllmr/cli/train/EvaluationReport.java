// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.train;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.terminal.AlignedTable;
import org.sllmr.runs.ranking.RankingResult;
import org.sllmr.runs.ranking.RankingResult.PartMetric;

/**
 * What a run was found to be worth.
 *
 * @param run the run folder
 * @param bestEpoch the epoch whose weights were kept
 * @param epochs how many were trained
 * @param validation metrics by name; null where one is not defined
 * @param test metrics by name; null where one is not defined
 * @param ranking the full ranking, or null
 * @param slices metrics of samples by part, of the split that was asked for; empty unless asked for
 */
record EvaluationReport(
        String run,
        int bestEpoch,
        int epochs,
        Map<String, @Nullable Double> validation,
        Map<String, @Nullable Double> test,
        @Nullable RankingResult ranking,
        List<PartMetric> slices) {
    /** Adds to the metrics of a run what else was asked for. */
    static EvaluationReport of(RunReport report, @Nullable RankingResult ranking, List<PartMetric> slices) {
        return new EvaluationReport(
                report.run(), report.bestEpoch(), report.epochs(), report.validation(), report.test(), ranking, slices);
    }

    void print(PrintStream out) {
        new RunReport(run, bestEpoch, epochs, validation, test).print(out);
        printParts("Samples by part", slices, out);
        if (ranking != null) {
            printRanking(ranking, out);
        }
    }

    private static void printRanking(RankingResult ranking, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%nFull ranking, %s: %,d of %,d users, %,d items, %,.1f candidates on average%n%n",
                ranking.split(),
                ranking.users(),
                ranking.ofUsers(),
                ranking.items(),
                ranking.meanCandidates());
        AlignedTable table = new AlignedTable().row("", "mean", "95 % interval");
        ranking.metrics()
                .forEach((name, estimate) -> table.row(
                        name, AlignedTable.decimal(estimate.value()), interval(estimate.lower(), estimate.upper())));
        table.print(out);
        out.println();
        AlignedTable lists = new AlignedTable().row("first", "coverage", "Gini", "long-tail share", "novelty, bits");
        ranking.lists()
                .forEach((k, list) -> lists.row(
                        Integer.toString(k),
                        AlignedTable.decimal(list.coverage()),
                        AlignedTable.decimal(list.gini()),
                        AlignedTable.decimal(list.longTailShare()),
                        AlignedTable.decimal(list.novelty())));
        lists.print(out);
        printParts("Ranking by part", ranking.slices(), out);
        out.printf(
                Locale.ROOT,
                "%n%,.0f scores a second, %.1f s%n",
                ranking.provenance().scoresPerSecond(),
                ranking.provenance().seconds());
    }

    private static void printParts(String title, List<PartMetric> parts, PrintStream out) {
        if (parts.isEmpty()) {
            return;
        }
        out.printf("%n%s%n%n", title);
        AlignedTable table = new AlignedTable().row("", "metric", "value", "95 % interval", "n");
        for (PartMetric part : parts) {
            if (part.value() == null) {
                // A part that nobody is in, or a metric that is not defined there.
                continue;
            }
            Double lower = part.lower();
            Double upper = part.upper();
            table.row(
                    part.slicing() + ": " + part.part(),
                    part.metric(),
                    AlignedTable.decimal(part.value()),
                    lower == null || upper == null ? "-" : interval(lower, upper),
                    AlignedTable.count(part.n()));
        }
        table.print(out);
    }

    private static String interval(double lower, double upper) {
        return "[" + AlignedTable.decimal(lower) + ", " + AlignedTable.decimal(upper) + "]";
    }
}
