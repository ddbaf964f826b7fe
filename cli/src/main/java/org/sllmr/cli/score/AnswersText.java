// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import static org.sllmr.cli.terminal.AlignedTable.count;
import static org.sllmr.cli.terminal.AlignedTable.share;

import java.io.PrintStream;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.sllmr.cli.terminal.AlignedTable;
import org.sllmr.llm.batch.BatchesUnderWay;
import org.sllmr.llm.store.StoreSummary;

/** What asking took and brought, for people. */
final class AnswersText {
    private static final DateTimeFormatter SINCE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm XXX", Locale.ROOT);

    private AnswersText() {}

    static void print(StoreSummary summary, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%,d of %,d requests answered (%s), %,d sent without a usable answer; %s%n",
                summary.answered(),
                summary.requests(),
                share(summary.answered(), summary.requests()),
                summary.unanswered(),
                summary.running() ? "a run is adding more" : "no run is under way");
        out.printf(
                Locale.ROOT,
                "%,d attempts in %,d runs; half of the replies within %.0f ms, 95 %% within %.0f ms%n",
                summary.attempts(),
                summary.runs(),
                summary.medianLatencyMillis(),
                summary.slowLatencyMillis());
        out.printf(
                Locale.ROOT,
                "%,d prompt tokens, %,d reply tokens, cost %.4f%n",
                summary.promptTokens(),
                summary.replyTokens(),
                summary.cost());
        if (!summary.faults().isEmpty()) {
            out.println();
            AlignedTable table = new AlignedTable().row("what went wrong", "attempts", "share");
            summary.faults()
                    .forEach((kind, number) -> table.row(kind, count(number), share(number, summary.attempts())));
            table.print(out);
        }
    }

    /** Batches under way; nothing where there are none. */
    static void printBatches(BatchesUnderWay batches, boolean running, PrintStream out) {
        if (batches.batches() == 0) {
            return;
        }
        out.println();
        out.printf(
                Locale.ROOT,
                "%s with %,d %s under way%s; %s%n",
                batches.batches() == 1 ? "1 batch" : String.format(Locale.ROOT, "%,d batches", batches.batches()),
                batches.requests(),
                batches.requests() == 1 ? "request" : "requests",
                batches.since()
                        .map(since -> " since " + SINCE.format(since.atZone(ZoneId.systemDefault())))
                        .orElse(""),
                running ? "a run waits for them" : "'sllmr score run --batch' as before collects them");
    }

    static void printPositions(StoreSummary summary, PrintStream out) {
        AlignedTable table = new AlignedTable().row("place in the list", "scores", "mean score");
        for (StoreSummary.Position position : summary.positions()) {
            table.row(
                    Integer.toString(position.position()),
                    count(position.scores()),
                    String.format(Locale.ROOT, "%.3f", position.meanScore()));
        }
        table.print(out);
        out.printf(
                Locale.ROOT,
                "Correlation of place and score: %.3f (candidates are shuffled, so that an impartial model has 0)%n",
                summary.positionCorrelation());
    }
}
