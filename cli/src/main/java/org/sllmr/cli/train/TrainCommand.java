// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.train;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.runs.RunConfiguration;
import org.sllmr.runs.RunDestination;
import org.sllmr.runs.RunExecution;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.RunInputs;
import org.sllmr.runs.RunSettings;
import org.sllmr.runs.StartSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains one model and writes a run folder. */
@Command(
        name = "train",
        description = {
            "Train and evaluate one model, and write a run folder.",
            "A stopped training resumes after its last epoch when started again.",
            "Settings come from the configuration, then the environment (SLLMR_TRAINING_BATCH_SIZE=256), then --set.",
            "Configurations that come with the program have names: recommended/ or published/ followed by dcnv2,"
                    + " dcnv1, deepfm, xdeepfm, autoint or din; also published/lightgcn and published/sasrec.",
            "With --from, training goes on from a run on new data: what was known keeps its weights, new users, items and"
                    + " values get rows. With --refit, a judged run is trained again on everything, for serving.",
            "Example: sllmr train --data beauty --out my-runs/dcnv2",
            "         sllmr train recommended/deepfm --data beauty --out my-runs/deepfm"
        })
public final class TrainCommand extends ReportingCommand<TrainReport> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final ConfigurationOptions configuration = new ConfigurationOptions();

    @Option(
            names = "--data",
            paramLabel = "DATASET",
            description = "The dataset folder, instead of the setting 'data'.")
    private @Nullable Path data;

    @Option(
            names = "--teacher",
            paramLabel = "FILE",
            description = "The teacher's scores, instead of the setting" + " 'teacher'.")
    private @Nullable Path teacher;

    @Option(
            names = "--from",
            paramLabel = "RUN",
            description =
                    "Go on from a run, on the rows of --data that it was not trained on; CONFIG is then that run's.")
    private @Nullable Path from;

    @Option(
            names = "--refit",
            paramLabel = "RUN",
            description = "Train on everything, nothing held out, with the settings and epochs of a judged run.")
    private @Nullable Path refit;

    @Option(names = "--out", required = true, paramLabel = "RUN", description = "The run folder to make.")
    private Path out = Path.of("");

    /** A command that reports on the given terminal. */
    public TrainCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected TrainReport result() throws IOException, InterruptedException {
        RunSettings read = read();
        RunSettings settings = new RunSettings(
                Optional.ofNullable(data).or(read::data),
                Optional.ofNullable(teacher).or(read::teacher),
                read.seed(),
                read.model(),
                read.training(),
                read.guidance(),
                read.start());
        if (teacher != null && !settings.needTeacher()) {
            throw new InvalidInputException(
                    "--teacher",
                    "would not be used: there is no guidance, and the model does not read the teacher's scores; add"
                            + " --set guidance=calibrated-pairwise, or leave it out");
        }
        try (RunDestination place = RunDestination.lock(out);
                EpochProgress progress = new EpochProgress(terminal(), "")) {
            place.require(settings);
            RunInputs inputs = RunInputs.of(settings);
            RunFolder made = RunExecution.execute(
                    settings, inputs, place, progress, settings.training().prepareAhead(), Optional.empty(), true);
            return TrainReport.of(made);
        }
    }

    private RunSettings read() throws IOException {
        if (refit != null) {
            return refitted(refit);
        }
        if (from == null) {
            return configuration.read();
        }
        if (data == null) {
            throw new ParameterException(
                    spec.commandLine(), "--from names the run to go on from; name the new data with --data");
        }
        RunSettings read = configuration.given()
                ? configuration.read()
                : configuration.read(RunConfiguration.reader().text(from.toString(), alone(from)));
        return read.withStart(new StartSettings(Optional.of(from), read.start().rows(), Optional.empty()));
    }

    /** The configuration of a run, without what it started from itself. */
    private static String alone(Path run) {
        RunSettings settings = RunConfiguration.read(
                run.toString(), RunFolder.open(run).contents().configuration());
        return RunConfiguration.write(settings.withStart(StartSettings.defaults()));
    }

    private RunSettings refitted(Path run) {
        if (from != null || configuration.given() || configuration.assigned()) {
            throw new ParameterException(
                    spec.commandLine(), "--refit takes all settings from its run; leave out CONFIG, --set and --from");
        }
        RunSettings settings = RunConfiguration.read(
                run.toString(), RunFolder.open(run).contents().configuration());
        return settings.withStart(
                new StartSettings(settings.start().from(), settings.start().rows(), Optional.of(run)));
    }

    @Override
    public String whenStopped() {
        return "the same command resumes after the last complete epoch";
    }

    @Override
    protected void print(TrainReport report, PrintStream out) {
        report.print(out, terminal().width());
        report.printNext(out);
    }
}
