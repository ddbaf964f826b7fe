// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.train;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.sllmr.cli.terminal.TableRows;
import org.sllmr.runs.ranking.RankingResult;
import org.sllmr.runs.ranking.RankingResult.PartMetric;

/** Tables of ranking metrics. */
public final class RankingTables {
    private RankingTables() {}

    /** Prints the results of a full ranking. */
    public static void print(RankingResult ranking, PrintStream out, int width) {
        out.printf(
                Locale.ROOT,
                "Full ranking, %s: %,d of %,d users, %,d items, %,.1f candidates on average%n%n",
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

    static void printParts(String title, List<PartMetric> parts, PrintStream out, int width) {
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
