// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.quickstart;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.evaluation.significance.Difference;
import org.sllmr.report.result.ResultRows;
import org.sllmr.report.result.ResultTable;
import org.sllmr.report.table.TerminalFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The first command of a newcomer. */
@Command(
        name = "quickstart",
        description = {
            "Show the whole story on demo data, in about a minute.",
            "Makes a shop, asks a teacher, trains with and without it under several",
            "seeds, and reports what that did to new users and rarely seen items.",
            "Needs no key and no network.",
            "A quickstart that was stopped goes on where it was."
        })
public final class QuickstartCommand extends ReportingCommand<QuickstartCommand.Report> {
    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for data, runs and report; default ${DEFAULT-VALUE}.")
    private Path out = Path.of("sllmr-quickstart");

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "Seeds a method is trained with; default ${DEFAULT-VALUE}.")
    private int seeds = QuickstartSettings.defaults(Path.of("")).seeds();

    @Option(names = "--users", paramLabel = "N", description = "Users of the shop; default ${DEFAULT-VALUE}.")
    private int users = QuickstartSettings.defaults(Path.of("")).users();

    @Option(names = "--items", paramLabel = "N", description = "Items of the shop; default ${DEFAULT-VALUE}.")
    private int items = QuickstartSettings.defaults(Path.of("")).items();

    private @Nullable ResultTable table;

    /**
     * The result as JSON.
     *
     * @param report the page
     * @param results a row for each method and metric
     */
    public record Report(String report, List<Result> results) {}

    /**
     * A metric of a method on the test samples.
     *
     * @param method name of the method
     * @param metric name of the metric
     * @param mean mean over seeds
     * @param standardDeviation over seeds
     * @param seeds how many
     * @param difference mean difference to the backbone alone; null for the backbone itself
     * @param pValue of that difference, paired over seeds; null for the backbone itself
     */
    public record Result(
            String method,
            String metric,
            double mean,
            double standardDeviation,
            int seeds,
            @Nullable Double difference,
            @Nullable Double pValue) {}

    /** A command that reports on the given terminal. */
    public QuickstartCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected Report result() throws IOException, InterruptedException {
        QuickstartSettings settings = new QuickstartSettings(seeds, 1, users, items, out);
        Quickstart.Outcome outcome;
        try (QuickstartProgress progress = new QuickstartProgress(terminal(), 2 * seeds)) {
            outcome = new Quickstart(settings, progress).run();
        }
        table = outcome.table();
        return new Report(
                outcome.report().toString(),
                outcome.table().rows().stream()
                        .map(row -> new Result(
                                row.method(),
                                row.metric().key(),
                                row.summary().mean(),
                                row.summary().standardDeviation(),
                                row.summary().n(),
                                row.overSeeds().map(Difference::difference).orElse(null),
                                row.overSeeds()
                                        .map(difference -> difference.pValue().value())
                                        .orElse(null)))
                        .toList());
    }

    @Override
    protected void print(Report report, PrintStream printed) {
        if (table != null) {
            printed.print(new TerminalFormat(terminal().width(), false).render(ResultRows.of(table, false)));
        }
        printed.println();
        printed.println("The whole story, with charts and what to do next: " + report.report());
    }
}
