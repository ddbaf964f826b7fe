// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.sllmr.cli.command.OptionNames;
import org.sllmr.cli.command.PathChecks;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.store.Dataset;
import org.sllmr.runs.oracle.OracleTeacher;
import org.sllmr.teacher.TeacherTableFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes an oracle teacher, which knows the validation positives. */
@Command(
        name = "oracle",
        description = {
            "Make a teacher that knows the validation positives: an upper bound on the gain from any teacher.",
            "Use it for validation metrics only; they are never results.",
            "With --strength below 1, or made from a shuffled teacher, it shows the gain from a weaker one.",
            "Example: sllmr score oracle beauty.scores --data beauty --strength 0.5 --out beauty.oracle.scores"
        })
final class OracleCommand extends ReportingCommand<TeacherReport> {
    private static final OptionNames NAMES = new OptionNames(Map.of("strength", "--strength"));

    @Parameters(paramLabel = "TEACHER", description = "The file with the scores.")
    private Path file = Path.of("");

    @Option(names = "--data", required = true, paramLabel = "DATASET", description = "The dataset folder.")
    private Path dataset = Path.of("");

    @Option(
            names = "--strength",
            paramLabel = "P",
            description = "Probability of knowing a user's positive, 0 to 1; default: ${DEFAULT-VALUE}.")
    private double strength = 1;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            description = "Seed for the choice of these users; default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write.")
    private Path out = Path.of("");

    @Option(names = "--replace", description = "Replace the file if it exists.")
    private boolean replace;

    /** A command that reports on the given terminal. */
    public OracleCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected TeacherReport result() throws IOException {
        PathChecks.checkFree(out, replace);
        PathChecks.checkFile(file);
        TrainingData data = Dataset.open(dataset).trainingData();
        TeacherTableFile scores = TeacherTableFile.read(file, data);
        if (scores.provenance().ofValidationSamples()) {
            throw new InvalidInputException(
                    file.toString(),
                    "holds scores of validation samples, which evaluate a teacher; name scores to train with, of a"
                            + " plan made without --validation");
        }
        if (OracleTeacher.named(scores.provenance().teacher())) {
            throw new InvalidInputException(
                    file.toString(), "is of an oracle already; name the scores that it was made from");
        }
        TeacherTableFile oracle = NAMES.in(() -> OracleTeacher.of(scores, data, strength, new Seed(seed)));
        PathChecks.write(out, () -> oracle.write(out));
        return TeacherReport.of(out, oracle, data);
    }

    @Override
    protected void print(TeacherReport report, PrintStream printed) {
        report.print(printed, terminal().width());
        printed.println();
        printed.println(OracleTeacher.WARNING);
    }
}
