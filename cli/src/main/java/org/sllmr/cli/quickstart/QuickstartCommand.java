// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.quickstart;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the whole workflow on demo data. */
@Command(
        name = "quickstart",
        description = {
            "Run the whole workflow on demo data, in a minute or two.",
            "Makes a shop, asks a teacher, trains with and without it under several",
            "seeds, and reports the effect" + " overall, for cold users and long-tail items.",
            "Needs no key and no network.",
            "To resume a stopped quickstart, start it again."
        })
public final class QuickstartCommand extends ReportingCommand<QuickstartCommand.Report> {
    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for data, runs and report; default ${DEFAULT-VALUE}.")
    private Path out = Path.of("sllmr-quickstart");

    @Option(names = "--seeds", paramLabel = "N", description = "Seeds of each method; default ${DEFAULT-VALUE}.")
    private int seeds = QuickstartSettings.defaults(Path.of("")).seeds();

    @Option(names = "--users", paramLabel = "N", description = "Users of the shop; default ${DEFAULT-VALUE}.")
    private int users = QuickstartSettings.defaults(Path.of("")).users();

    @Option(names = "--items", paramLabel = "N", description = "Items of the shop; default ${DEFAULT-VALUE}.")
    private int items = QuickstartSettings.defaults(Path.of("")).items();

    @Option(
            names = "--shop",
            paramLabel = "N",
            description =
                    "Seed of the shop; another seed gives another shop of the same kind; default ${DEFAULT-VALUE}.")
    private long shop = QuickstartSettings.defaults(Path.of("")).shop();

    /**
     * The result as JSON.
     *
     * @param report the page
     * @param result a row for each metric
     * @param bundles the guided model and the backbone alone, to serve
     */
    public record Report(String report, FirstResult result, List<String> bundles) {}

    /** A command that reports on the given terminal. */
    public QuickstartCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected Report result() throws IOException, InterruptedException {
        QuickstartSettings settings = new QuickstartSettings(seeds, 1, users, items, shop, out);
        try (QuickstartProgress progress = new QuickstartProgress(terminal(), 2 * seeds)) {
            Quickstart.Outcome outcome = new Quickstart(settings, progress).run();
            return new Report(
                    outcome.report().toString(),
                    outcome.result(),
                    outcome.bundles().stream().map(Path::toString).toList());
        }
    }

    @Override
    protected void print(Report report, PrintStream printed) {
        printed.print(FirstResultText.of(report.result()));
        printed.println();
        printed.println("Report with charts and next steps: " + report.report());
        printed.println();
        printed.println("Compare in more detail: ./sllmr compare " + out.resolve("runs") + "/*");
        printed.println(
                "See recommendations of both models in a browser: ./sllmr serve " + String.join(" ", report.bundles()));
    }
}
