// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.train;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.configuration.binding.SettingsReader;
import org.sllmr.runs.RunConfiguration;
import org.sllmr.runs.RunExecution;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.RunInputs;
import org.sllmr.runs.RunSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains one model and leaves a run folder. */
@Command(
        name = "train",
        description = {
            "Train one model, judge it, and leave a run folder.",
            "A training that was stopped goes on after its last epoch when started again.",
            "Settings come from the file, then the environment (SLLMR_TRAINING_BATCH_SIZE=256), then --set.",
            "Example: sllmr train configurations/published/dcnv2.yaml --data beauty --out runs/dcnv2"
        })
public final class TrainCommand extends ReportingCommand<RunReport> {
    @Parameters(
            paramLabel = "CONFIG.yaml",
            arity = "0..1",
            description = "The configuration; without it, the defaults.")
    private @Nullable Path configuration;

    @Option(
            names = "--data",
            paramLabel = "DATASET",
            description = "The dataset folder; instead of the setting 'data'.")
    private @Nullable Path data;

    @Option(names = "--teacher", paramLabel = "FILE", description = "The teacher's scores; instead of 'teacher'.")
    private @Nullable Path teacher;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Any setting, such as training.batchSize=256.")
    private List<String> assignments = new ArrayList<>();

    @Option(names = "--out", required = true, paramLabel = "RUN", description = "The run folder to make.")
    private Path out = Path.of("");

    /** A command that reports on the given terminal. */
    public TrainCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected RunReport result() throws IOException, InterruptedException {
        SettingsReader<RunSettings> reader = RunConfiguration.reader();
        if (configuration != null) {
            reader = reader.file(configuration);
        }
        RunSettings read =
                reader.environment(System.getenv()).assignments(assignments).read();
        RunSettings settings = new RunSettings(
                Optional.ofNullable(data).or(read::data),
                Optional.ofNullable(teacher).or(read::teacher),
                read.seed(),
                read.model(),
                read.training(),
                read.guidance());
        RunFolder.checkFree(out);
        RunInputs inputs = RunInputs.of(settings);
        try (EpochProgress progress = new EpochProgress(terminal(), "")) {
            RunFolder made = RunExecution.execute(settings, inputs, out, progress);
            return RunReport.of(out, made.contents().metrics());
        }
    }

    @Override
    protected void print(RunReport report, PrintStream out) {
        report.print(out);
    }
}
