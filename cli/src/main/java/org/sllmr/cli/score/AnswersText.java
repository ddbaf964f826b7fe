// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import static org.sllmr.cli.terminal.TableRows.count;
import static org.sllmr.cli.terminal.TableRows.share;

import java.io.PrintStream;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.sllmr.cli.terminal.TableRows;
import org.sllmr.llm.batch.BatchesUnderWay;
import org.sllmr.llm.store.StoreSummary;

/** Prints the costs and results of asking a language model. */
final class AnswersText {
    private static final DateTimeFormatter SINCE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm XXX", Locale.ROOT);

    private AnswersText() {}

    static void print(StoreSummary summary, PrintStream out, int width) {
        out.printf(
                Locale.ROOT,
                "%,d of %,d requests answered (%s), %,d sent without a usable answer; %s%n",
                summary.answered(),
                summary.requests(),
                share(summary.answered(), summary.requests()),
                summary.unanswered(),
                summary.running()
                        .map(running -> running ? "a run is adding more" : "no run is under way")
                        .orElse("whether a run on Spark is under way is not known here"));
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
            TableRows table = new TableRows("what went wrong", "attempts", "share");
            summary.faults()
                    .forEach((kind, number) -> table.row(kind, count(number), share(number, summary.attempts())));
            table.print(out, width);
        }
    }

    /** Prints the batches under way, if there are any. */
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
                running ? "a run waits for them" : "the same 'sllmr score run --batch' collects them");
    }

    static void printPositions(StoreSummary summary, PrintStream out, int width) {
        TableRows table = new TableRows("position in the list", "scores", "mean score");
        for (StoreSummary.Position position : summary.positions()) {
            table.row(
                    Integer.toString(position.position()),
                    count(position.scores()),
                    String.format(Locale.ROOT, "%.3f", position.meanScore()));
        }
        table.print(out, width);
        out.printf(
                Locale.ROOT,
                "Correlation of position and score: %.3f (0 for an unbiased model, because candidates are shuffled)%n",
                summary.positionCorrelation());
    }
}
