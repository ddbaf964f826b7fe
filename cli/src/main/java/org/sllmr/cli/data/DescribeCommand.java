// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.data;

import static org.sllmr.cli.terminal.TableRows.count;
import static org.sllmr.cli.terminal.TableRows.share;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.OptionalDouble;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.terminal.TableRows;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.describe.NumberField;
import org.sllmr.data.describe.Overlap;
import org.sllmr.data.describe.PartFacts;
import org.sllmr.data.describe.Statistics;
import org.sllmr.data.describe.VectorField;
import org.sllmr.data.store.Dataset;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Describes a dataset folder. */
@Command(
        name = "describe",
        description = {
            "Show the counts of a dataset.",
            "Example: sllmr data describe beauty --json",
        })
final class DescribeCommand extends ReportingCommand<Statistics> {
    /** The end of the year 9999, in seconds since 1970. */
    private static final long LATEST = 253_402_300_799L;

    @Parameters(paramLabel = "DIR", description = "The dataset folder.")
    private Path folder = Path.of("");

    @Option(names = "--verify", description = "Check the hash of every file of the folder first.")
    private boolean verify;

    /** A command that reports on the given terminal. */
    public DescribeCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected Statistics result() {
        if (verify) {
            Dataset.verify(folder);
        }
        return Statistics.of(Dataset.open(folder));
    }

    @Override
    protected void print(Statistics all, PrintStream out) {
        out.println(all.name() + ", content " + all.hash());
        out.println();
        int width = terminal().width();
        TableRows counts = new TableRows("", "", "")
                .row("users", count(all.users()))
                .row(
                        "  cold (at most 3 training interactions)",
                        count(all.coldUsers()),
                        share(all.coldUsers(), all.users()))
                .row("items", count(all.items()))
                .row("  long tail (the least popular fifth)", count(all.longTailItems()))
                .row(
                        "    its share of training and test positives",
                        percent(all.tailShares().training()),
                        percent(all.tailShares().test()))
                .row(
                        "    the same, if the tail is counted in all parts",
                        percent(all.tailShares().trainingByAll()),
                        percent(all.tailShares().testByAll()))
                .row(
                        "  never a training positive",
                        count(all.itemsWithoutTraining()),
                        share(all.itemsWithoutTraining(), all.items()))
                .row("  without text", count(all.itemsWithoutText()), share(all.itemsWithoutText(), all.items()))
                .row("interactions", count(all.interactions()))
                .row(
                        "  repeated (the user had the item before)",
                        count(all.repeats().interactions()),
                        share(all.repeats().interactions(), all.interactions()))
                .row(
                        "  users whose test item is repeated",
                        count(all.repeats().testItems()),
                        share(all.repeats().testItems(), all.users()))
                .row("training samples", count(all.trainingSamples()))
                .row(
                        "  cold (at most 3 items of history)",
                        count(all.coldTrainingSamples()),
                        share(all.coldTrainingSamples(), all.trainingSamples()));
        if (all.heldOutNegatives().negatives() > 0) {
            counts.row(
                    "  held-out items kept out of the negatives",
                    "about " + count(Math.round(all.heldOutNegatives().expected())),
                    "at most " + count(all.heldOutNegatives().atMost()));
        }
        counts.row("validation samples", count(all.validationSamples()))
                .row("test samples", count(all.testSamples()))
                .print(out, width);
        out.println();
        printParts(all, out, width);
        if (all.interactions() > 0) {
            printInteractions(all, out, width);
        }
        if (!all.fields().isEmpty()) {
            out.println();
            printFields(all, out, width);
        }
        printNumbers(all, out, width);
    }

    private static void printInteractions(Statistics all, PrintStream out, int width) {
        out.println();
        out.printf(
                Locale.ROOT,
                "%.4f %% of all (user, item) combinations are interactions; %s%n%n",
                100 * all.density(),
                times(all));
        Statistics.Quantiles length = all.historyLength();
        new TableRows("", "least", "25 %", "median", "75 %", "90 %", "greatest", "mean")
                .row(
                        "interactions of a user",
                        count(length.least()),
                        count(length.quarter()),
                        count(length.median()),
                        count(length.threeQuarters()),
                        count(length.ninetyPercent()),
                        count(length.greatest()),
                        String.format(Locale.ROOT, "%.1f", length.mean()))
                .print(out, width);
    }

    private static void printNumbers(Statistics all, PrintStream out, int width) {
        if (!all.numbers().isEmpty()) {
            TableRows table = new TableRows("numbers", "rows with one", "least", "mean", "greatest");
            for (NumberField field : all.numbers()) {
                table.row(
                        field.side() + " " + field.name(),
                        String.format(Locale.ROOT, "%.1f %%", 100 * field.coverage()),
                        number(field.least()),
                        number(field.mean()),
                        number(field.greatest()));
            }
            out.println();
            table.print(out, width);
        }
        if (!all.vectors().isEmpty()) {
            TableRows table = new TableRows("vectors", "floats", "rows with one");
            for (VectorField field : all.vectors()) {
                table.row(
                        field.side() + " " + field.name(),
                        count(field.width()),
                        String.format(Locale.ROOT, "%.1f %%", 100 * field.coverage()));
            }
            out.println();
            table.print(out, width);
        }
    }

    private static String number(OptionalDouble value) {
        return value.isEmpty() ? "-" : String.format(Locale.ROOT, "%.6g", value.getAsDouble());
    }

    private static void printParts(Statistics all, PrintStream out, int width) {
        TableRows table = new TableRows(
                "parts by " + all.partsBy(), "samples", "positives", "impressions", "users", "new", "items", "new");
        for (PartFacts part : all.parts()) {
            table.row(
                    part.part(),
                    count(part.samples()),
                    share(part.positives(), part.samples()),
                    part.impressions() == 0 ? "-" : count(part.impressions()),
                    count(part.users()),
                    count(part.newUsers()),
                    count(part.items()),
                    count(part.newItems()));
        }
        table.print(out, width);
        Overlap overlap = all.overlap();
        boolean timed = overlap.firstTest() != InteractionLog.NO_TIME;
        boolean grouped = all.parts().get(0).impressions() > 0;
        if (timed || grouped) {
            out.println();
        }
        if (timed) {
            out.printf(
                    Locale.ROOT,
                    "%,d of %,d training interactions (%s) are later than the first test interaction, %s%n",
                    overlap.afterFirstTest(),
                    overlap.interactions(),
                    share(overlap.afterFirstTest(), Math.max(1, overlap.interactions())),
                    day(overlap.firstTest()));
        }
        if (grouped) {
            out.println("no impression is in two parts: preparation refuses them");
        }
    }

    private static void printFields(Statistics all, PrintStream out, int width) {
        TableRows table = new TableRows("field", "values", "rows with one", "most per row");
        for (Statistics.Field field : all.fields()) {
            table.row(
                    field.side() + " " + field.name(),
                    count(field.values()),
                    String.format(Locale.ROOT, "%.1f %%", 100 * field.coverage()),
                    count(field.widest()));
        }
        table.print(out, width);
    }

    private static String times(Statistics all) {
        return all.lastTime() == InteractionLog.NO_TIME
                ? "without times"
                : "from " + day(all.firstTime()) + " to " + day(all.lastTime());
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** The day, or the number if it is beyond the calendar: times may not be in seconds. */
    private static String day(long seconds) {
        if (Math.abs(seconds) > LATEST) {
            return String.format(
                    Locale.ROOT,
                    "%,d seconds (not a time in seconds: prepare again with the right" + " --time-format)",
                    seconds);
        }
        return Instant.ofEpochSecond(seconds)
                .atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .toString();
    }
}
