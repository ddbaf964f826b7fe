// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.command.PathChecks;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.terminal.Stages;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Instances;
import org.sllmr.data.TrainingData;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.data.store.Dataset;
import org.sllmr.llm.store.Normalization;
import org.sllmr.llm.store.StoreReader;
import org.sllmr.llm.store.StoredScores;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.vector.EmbeddingTeacher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Describes a teacher table. */
@Command(
        name = "describe",
        description = {
            "Show where a teacher's scores come from, and their statistics.",
            "With --data also their coverage, and the validation AUC of the teacher alone and of popularity; test"
                    + " interactions are never used.",
            "For a store also costs, failures, and whether the scores depend on an item's position in the list.",
            "Example: sllmr score describe beauty.scores --data beauty"
        })
final class DescribeCommand extends ReportingCommand<TeacherReport> {
    @Parameters(
            paramLabel = "TEACHER|STORE",
            description = "The file with the scores, or the folder with a language model's answers.")
    private Path file = Path.of("");

    @Option(names = "--data", paramLabel = "DATASET", description = "The dataset folder that the scores are for.")
    private @Nullable Path dataset;

    @Option(
            names = "--validation",
            paramLabel = "TEACHER",
            description = "The same teacher's scores of a plan made with 'score plan --validation', for its"
                    + " validation AUC; not needed for the embedding teacher, which scores again.")
    private @Nullable Path validation;

    @Mixin
    private CacheOption cache = new CacheOption();

    /** A command that reports on the given terminal. */
    public DescribeCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected TeacherReport result() throws IOException, InterruptedException {
        if (StoreReader.isStore(file)) {
            return ofStore();
        }
        PathChecks.checkFile(file);
        if (dataset == null) {
            if (validation != null) {
                throw new InvalidInputException("--validation", "needs the dataset too; add --data");
            }
            return TeacherReport.of(file, TeacherTableFile.read(file));
        }
        TrainingData data = Dataset.open(dataset).trainingData();
        TeacherTableFile scores = TeacherTableFile.read(file, data);
        TeacherReport report = TeacherReport.of(file, scores, data);
        if (validation != null) {
            PathChecks.checkFile(validation);
            return report.withAudit(
                    SampleScores.of(TeacherTableFile.read(validation, data).table(), validationRows(data)), data);
        }
        if (!scores.provenance().teacher().equals(EmbeddingTeacher.NAME)) {
            return judged(report, scores, data);
        }
        try (Blocks blocks = new Blocks(Runtime.getRuntime().availableProcessors());
                Stages stages = new Stages(terminal())) {
            float[] asked = new SampleScores.Rescoring(file, scores.provenance(), "describe it without --data")
                    .of(data.validation(), data, cache, blocks, stages);
            return report.withAudit(asked, data);
        }
    }

    private TeacherReport ofStore() throws IOException {
        try (StoreReader store = StoreReader.open(file)) {
            TeacherTableFile scores = StoredScores.table(store, new Normalization.None());
            if (dataset == null) {
                return TeacherReport.of(file, scores).withAnswers(store.summary());
            }
            TrainingData data = Dataset.open(dataset).trainingData();
            scores.check(file, data);
            TeacherReport report = TeacherReport.of(file, scores, data).withAnswers(store.summary());
            return judged(report, scores, data);
        }
    }

    private static TeacherReport judged(TeacherReport report, TeacherTableFile scores, TrainingData data) {
        // By folds, a table holds the candidates of validation users, who took none of them in training.
        return scores.provenance().ofValidationSamples() || data.calibration().isPresent()
                ? report.withAudit(SampleScores.of(scores.table(), validationRows(data)), data)
                : report;
    }

    private static Instances validationRows(TrainingData data) {
        return data.validation().samples().instances();
    }

    @Override
    protected void print(TeacherReport report, PrintStream out) {
        report.print(out, terminal().width());
    }
}
