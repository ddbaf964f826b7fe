// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.train;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.store.Dataset;
import org.sllmr.experiments.run.RunConfiguration;
import org.sllmr.experiments.run.RunFolder;
import org.sllmr.experiments.run.RunReplay;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Judges the stored model of a run again. */
@Command(
        name = "evaluate",
        description = {
            "Score validation and test samples with a run's stored model.",
            "On the same machine the numbers equal those of its metrics.json."
        })
public final class EvaluateCommand extends ReportingCommand<RunReport> {
    @Parameters(paramLabel = "RUN", description = "The run folder.")
    private Path run = Path.of("");

    @Option(names = "--data", paramLabel = "DATASET", description = "The dataset folder, if it was moved.")
    private @Nullable Path data;

    /** A command that reports on the given terminal. */
    public EvaluateCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected RunReport result() throws IOException {
        RunFolder folder = RunFolder.open(run);
        Path dataset = data;
        if (dataset == null) {
            dataset = RunConfiguration.read(run.toString(), folder.contents().configuration())
                    .data()
                    .orElseThrow(() -> new InvalidInputException(run.toString(), "names no dataset; give --data"));
        }
        return RunReport.of(run, RunReplay.evaluate(folder, Dataset.open(dataset)));
    }

    @Override
    protected void print(RunReport report, PrintStream out) {
        report.print(out);
    }
}
