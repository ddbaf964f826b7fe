// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.sllmr.cli.command.OptionNames;
import org.sllmr.cli.command.Place;
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

/** Makes a teacher who knows what is validated on. */
@Command(
        name = "oracle",
        description = {
            "Make a teacher who knows users' validation positives: an upper bound of what a teacher can be worth.",
            "What a run gains with it is to be read on validation metrics, and never as a result.",
            "With --strength below 1, or made of a shuffled teacher, it shows what a worse one would be worth.",
            "Example: sllmr score oracle beauty.scores --data beauty --strength 0.5 --out beauty.oracle"
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
            description = "The chance that it knows about a user, 0 to 1; default: ${DEFAULT-VALUE}.")
    private double strength = 1;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            description = "Decides which users it knows about; default: ${DEFAULT-VALUE}.")
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
        Place.checkFree(out, replace);
        Place.checkFile(file);
        TrainingData data = Dataset.open(dataset).trainingData();
        TeacherTableFile scores = TeacherTableFile.read(file, data);
        if (scores.provenance().ofValidationSamples()) {
            throw new InvalidInputException(
                    file.toString(),
                    "holds scores of validation samples, which judge a teacher; name scores to train with, of a plan made"
                            + " without --validation");
        }
        if (OracleTeacher.named(scores.provenance().teacher())) {
            throw new InvalidInputException(
                    file.toString(), "is of a teacher who knows already; name the scores that it was made of");
        }
        TeacherTableFile oracle = NAMES.in(() -> OracleTeacher.of(scores, data, strength, new Seed(seed)));
        Place.write(out, () -> oracle.write(out));
        return TeacherReport.of(out, oracle, data);
    }

    @Override
    protected void print(TeacherReport report, PrintStream printed) {
        report.print(printed);
        printed.println();
        printed.println(OracleTeacher.WARNING);
    }
}
