// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.command.Place;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.terminal.Stages;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Instances;
import org.sllmr.data.TrainingData;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.data.store.Dataset;
import org.sllmr.llm.store.AnswerStore;
import org.sllmr.llm.store.Normalization;
import org.sllmr.llm.store.StoreReader;
import org.sllmr.llm.store.StoredScores;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.vector.EmbeddingTeacher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks at a teacher table. */
@Command(
        name = "describe",
        description = {
            "Show where a teacher's scores come from and what they hold.",
            "With --data also whom they are about, and how well the teacher alone ranks the validation samples, beside"
                    + " popularity; test interactions are never looked at.",
            "Of a store also what asking cost, what went wrong, and whether the model judges an item by its place in the"
                    + " list.",
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
            description = "The same teacher's scores of a plan made with 'score plan --validation', to judge it by; the"
                    + " embedding teacher needs none, it is asked again.")
    private @Nullable Path validation;

    @Mixin
    private CacheOption cache = new CacheOption();

    /** A command that reports on the given terminal. */
    public DescribeCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected TeacherReport result() throws IOException, InterruptedException {
        if (AnswerStore.exists(file)) {
            return ofStore();
        }
        Place.checkFile(file);
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
            Place.checkFile(validation);
            return report.withAudit(
                    SampleScores.of(TeacherTableFile.read(validation, data).table(), validationRows(data)), data);
        }
        if (!scores.provenance().teacher().equals(EmbeddingTeacher.NAME)) {
            return judged(report, scores, data);
        }
        try (Blocks blocks = new Blocks(Runtime.getRuntime().availableProcessors());
                Stages stages = new Stages(terminal())) {
            float[] asked = new SampleScores.Asking(file, scores.provenance(), "describe it without --data")
                    .of(validationRows(data), data.log(), data, cache, blocks, stages);
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
        return scores.provenance().ofValidationSamples()
                ? report.withAudit(SampleScores.of(scores.table(), validationRows(data)), data)
                : report;
    }

    private static Instances validationRows(TrainingData data) {
        return data.validation().instances();
    }

    @Override
    protected void print(TeacherReport report, PrintStream out) {
        report.print(out);
    }
}
