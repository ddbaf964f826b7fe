// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.train;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.command.ShellWords;
import org.sllmr.cli.terminal.TableRows;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.runs.DataNews;
import org.sllmr.runs.RunConfiguration;
import org.sllmr.runs.RunContents;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.RunOrigin;

/**
 * What a training came to.
 *
 * @param run the run folder
 * @param bestEpoch the epoch whose weights were kept; 0 for those of the backbone alone
 * @param epochs number of epochs trained
 * @param validation metrics by name; null if undefined
 * @param test metrics by name; null if undefined
 * @param judged whether parts of the data were held out to judge the model; if not, no metric is defined
 * @param note what the metrics say of the probabilities; null unless they are worse than a constant
 * @param guidanceNote what the metrics say of guidance; null unless the backbone alone was better
 * @param origin the runs that it goes back to, and what was new to them; null for a training of its own
 */
public record TrainReport(
        String run,
        int bestEpoch,
        int epochs,
        Map<String, @Nullable Double> validation,
        Map<String, @Nullable Double> test,
        boolean judged,
        @Nullable String note,
        @Nullable String guidanceNote,
        @Nullable RunOrigin origin) {
    private static final int NUMBERS_SHOWN = 4;

    /** What the training of a run came to. */
    public static TrainReport of(RunFolder made) {
        RunContents contents = made.contents();
        RunReport report = RunReport.of(made.path(), contents.metrics());
        return new TrainReport(
                report.run(),
                report.bestEpoch(),
                report.epochs(),
                report.validation(),
                report.test(),
                contents.judged(),
                contents.judged() ? ProbabilityNote.of(contents.metrics()).orElse(null) : null,
                contents.judged() ? GuidanceNote.of(contents, watched(made)).orElse(null) : null,
                contents.origin().orElse(null));
    }

    private static SampleMetric watched(RunFolder made) {
        return RunConfiguration.read(made.path().toString(), made.contents().configuration())
                .training()
                .watched();
    }

    /** Prints it for people. */
    public void print(PrintStream out, int width) {
        if (origin != null) {
            origin.from().ifPresent(from -> out.printf("Goes on from %s, on new data:%n%n", from.run()));
            origin.news().ifPresent(news -> print(news, out, width));
        }
        if (judged) {
            new RunReport(run, bestEpoch, epochs, validation, test).print(out, width);
            if (note != null) {
                out.printf("%n%s%n", note);
            }
            if (guidanceNote != null) {
                out.printf("%n%s%n", guidanceNote);
            }
        } else {
            out.printf(
                    Locale.ROOT,
                    "%s: %d epochs on everything, with the settings of %s. It is not judged and has no metrics.%n",
                    run,
                    epochs,
                    origin == null
                            ? ""
                            : origin.refit().map(RunOrigin.Ancestor::run).orElse(""));
        }
    }

    /** Prints the commands that come next. */
    public void printNext(PrintStream out) {
        if (judged) {
            out.printf(
                    "%nNext: %s%n      %s%n",
                    ShellWords.join("sllmr", "evaluate", run, "--full-ranking", "--slices"),
                    ShellWords.join("sllmr", "compare", run, "OTHER-RUN"));
        }
    }

    private static void print(DataNews news, PrintStream out, int width) {
        TableRows table = new TableRows("", "known", "new", "known, not in the data");
        table.row("training rows", TableRows.count(news.knownRows()), TableRows.count(news.rows()));
        for (DataNews.NewValues values : news.tables()) {
            table.row(
                    values.table(),
                    TableRows.count(values.known()),
                    TableRows.count(values.added()),
                    TableRows.count(values.absent()));
        }
        table.print(out, width);
        out.println();
        if (!news.numbers().isEmpty()) {
            TableRows numbers = new TableRows(3, "", "fitted before, and kept", "fitted to these data it would be");
            news.numbers().forEach(field -> numbers.row(field.field(), list(field.kept()), list(field.here())));
            numbers.print(out, width);
            out.println();
        }
    }

    private static String list(List<Float> numbers) {
        return numbers.stream()
                        .limit(NUMBERS_SHOWN)
                        .map(number -> String.format(Locale.ROOT, "%.4g", number))
                        .collect(Collectors.joining(", "))
                + (numbers.size() > NUMBERS_SHOWN ? ", ..." : "");
    }
}
