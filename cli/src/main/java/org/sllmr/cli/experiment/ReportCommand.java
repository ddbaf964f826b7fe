// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.experiment;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.terminal.Stages;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.data.file.Writable;
import org.sllmr.report.presentation.GridReportFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the report of an experiment. */
@Command(
        name = "report",
        description = {
            "Write an experiment's report: one HTML page, Markdown and LaTeX tables.",
            "The page opens offline. The experiment may still be running."
        })
public final class ReportCommand extends ReportingCommand<ReportCommand.Report> {
    @Parameters(paramLabel = "DIR", description = "The folder of 'sllmr experiment'.")
    private Path folder = Path.of("");

    @Option(
            names = "--seeds-only",
            description = "Test over seeds only; tests over users draw many samples of users, which takes minutes for"
                    + " a large grid.")
    private boolean seedsOnly;

    /**
     * The result as JSON.
     *
     * @param page the HTML page
     * @param markdown the tables in Markdown
     * @param latex the tables in LaTeX
     */
    public record Report(String page, String markdown, String latex) {}

    /** A command that reports on the given terminal. */
    public ReportCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected Report result() {
        if (Files.isDirectory(folder)) {
            Writable.require(folder.resolve("report"));
        }
        GridReportFiles files;
        try (Stages stages = new Stages(terminal())) {
            files = GridReportFiles.write(folder, !seedsOnly, stages);
        }
        return new Report(
                files.page().toString(),
                files.markdown().toString(),
                files.latex().toString());
    }

    @Override
    protected void print(Report report, PrintStream printed) {
        printed.println("Page:     " + report.page());
        printed.println("Markdown: " + report.markdown());
        printed.println("LaTeX:    " + report.latex());
    }
}
