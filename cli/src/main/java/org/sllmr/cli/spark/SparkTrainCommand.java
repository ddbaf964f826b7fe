// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.spark;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.cli.train.ConfigurationOptions;
import org.sllmr.cli.train.EpochProgress;
import org.sllmr.cli.train.TrainReport;
import org.sllmr.runs.Division;
import org.sllmr.runs.RunDestination;
import org.sllmr.runs.RunInputs;
import org.sllmr.runs.RunSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains one model by several tasks on Spark. */
@Command(
        name = "train",
        description = {
            "Train one model by several tasks at once, on Spark.",
            "Each task trains a model of its own on its share of the users; after every round of steps they exchange what"
                    + " they changed. The run folder is like that of 'sllmr train'. There is no guidance here.",
            "A stopped training resumes after its last epoch when started again."
        })
final class SparkTrainCommand extends ReportingCommand<TrainReport> {
    @Mixin
    private final ConfigurationOptions configuration = new ConfigurationOptions();

    @Option(
            names = "--data",
            paramLabel = "DATASET",
            description = "The dataset folder, instead of the setting 'data'.")
    private @Nullable Path data;

    @Option(
            names = "--workers",
            required = true,
            paramLabel = "N",
            description = "Number of tasks; all of them run at once.")
    private int workers;

    @Option(
            names = "--steps-per-round",
            paramLabel = "N",
            description = "Steps of each task between two exchanges; default ${DEFAULT-VALUE}.")
    private int stepsPerRound = Division.STEPS_PER_ROUND;

    @Option(names = "--out", required = true, paramLabel = "RUN", description = "The run folder to make.")
    private Path out = Path.of("");

    /** A command that reports on the given terminal. */
    SparkTrainCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected TrainReport result() throws IOException, InterruptedException {
        RunSettings read = configuration.read();
        RunSettings settings = data == null ? read : read.on(data, read.teacher());
        Division division = new Division(workers, stepsPerRound);
        try (RunDestination place = RunDestination.lock(out);
                EpochProgress progress = new EpochProgress(terminal(), "")) {
            return TrainReport.of(SparkJobs.find().train(settings, RunInputs.of(settings), place, division, progress));
        }
    }

    @Override
    public String whenStopped() {
        return "the same command resumes after the last complete epoch";
    }

    @Override
    protected void print(TrainReport report, PrintStream to) {
        report.print(to, terminal().width());
        report.printNext(to);
    }
}
