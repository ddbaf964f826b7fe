// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.train;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.command.PathChecks;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.score.CacheOption;
import org.sllmr.cli.score.SampleScores;
import org.sllmr.cli.terminal.Stages;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Instances;
import org.sllmr.data.TrainingData;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.data.store.Dataset;
import org.sllmr.report.ReportPage;
import org.sllmr.report.diagnosis.DiagnosisReport;
import org.sllmr.report.diagnosis.DiagnosisTables;
import org.sllmr.report.diagnosis.DiagnosisText;
import org.sllmr.report.table.Table;
import org.sllmr.report.table.TerminalFormat;
import org.sllmr.runs.RunConfiguration;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.diagnosis.Diagnosis;
import org.sllmr.runs.diagnosis.RunDiagnosis;
import org.sllmr.runs.ranking.Split;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.vector.EmbeddingTeacher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Diagnoses the effect of a teacher on a run. */
@Command(
        name = "diagnose",
        description = {
            "Show where guidance helped a run, where it hurt, and what the gate learned.",
            "Scores the validation samples with the stored models and with the teacher: the embedding teacher scores"
                    + " again, for others it uses a table of their scores.",
            "Example: sllmr diagnose my-runs/s-llmr --without my-runs/alone --out diagnosis.html"
        })
public final class DiagnoseCommand extends ReportingCommand<Diagnosis> {
    @Parameters(paramLabel = "RUN", description = "The folder of the guided run.")
    private Path run = Path.of("");

    @Option(
            names = "--without",
            paramLabel = "RUN",
            description = "The folder of the run to compare with, ideally with the same backbone, data and seed but"
                    + " without guidance.")
    private @Nullable Path without;

    @Option(names = "--data", paramLabel = "DATASET", description = "The dataset folder, if it was moved.")
    private @Nullable Path data;

    @Option(
            names = "--teacher",
            paramLabel = "TEACHER",
            description = "The file with the scores, if it was moved or the run names none.")
    private @Nullable Path teacher;

    @Option(
            names = "--validation",
            paramLabel = "TEACHER",
            description =
                    "The same teacher's scores of a plan made with 'score plan --validation'; the embedding teacher"
                            + " needs none.")
    private @Nullable Path validation;

    @Option(names = "--test", description = "Use test samples; settings must not be chosen by them.")
    private boolean test;

    @Option(names = "--out", paramLabel = "FILE", description = "Also write it as an HTML page that opens offline.")
    private @Nullable Path out;

    @Option(names = "--replace", description = "Replace the page if it exists.")
    private boolean replace;

    @Mixin
    private CacheOption cache = new CacheOption();

    /** A command that reports on the given terminal. */
    public DiagnoseCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected Diagnosis result() throws IOException, InterruptedException {
        if (test && validation != null) {
            throw new InvalidInputException(
                    "--validation", "holds scores of validation samples, but --test uses test samples; leave one out");
        }
        if (out != null) {
            PathChecks.checkFree(out, replace);
        }
        RunFolder folder = RunFolder.open(run);
        Optional<RunFolder> other = Optional.ofNullable(without).map(RunFolder::open);
        Dataset dataset = Dataset.open(EvaluateCommand.dataset(folder, data));
        Path file = teacher(folder);
        PathChecks.checkFile(file);
        TeacherTableFile table = TeacherTableFile.read(file, dataset.trainingData());
        Split split = test ? Split.TEST : Split.VALIDATION;
        Diagnosis diagnosis;
        try (Stages stages = new Stages(terminal())) {
            float[] scores = scores(file, table, dataset, split, stages);
            diagnosis = RunDiagnosis.of(folder, other, table.provenance().teacher(), scores, dataset, split, stages);
        }
        if (out != null) {
            ReportPage.write(DiagnosisReport.of(diagnosis), out);
        }
        return diagnosis;
    }

    private Path teacher(RunFolder folder) {
        if (teacher != null) {
            return teacher;
        }
        String name = folder.path().toString();
        return RunConfiguration.read(name, folder.contents().configuration())
                .teacher()
                .orElseThrow(() -> new InvalidInputException(name, "names no teacher; give --teacher"));
    }

    private float[] scores(Path file, TeacherTableFile table, Dataset dataset, Split split, Stages stages)
            throws IOException, InterruptedException {
        TrainingData training = dataset.trainingData();
        Instances rows = split.samples(dataset).instances();
        if (validation != null) {
            PathChecks.checkFile(validation);
            return SampleScores.of(TeacherTableFile.read(validation, training).table(), rows);
        }
        if (!table.provenance().teacher().equals(EmbeddingTeacher.NAME)) {
            return SampleScores.of(table.table(), rows);
        }
        try (Blocks blocks = new Blocks(Runtime.getRuntime().availableProcessors())) {
            return new SampleScores.Rescoring(
                            file, table.provenance(), "name its scores of validation samples with --validation")
                    .of(split.part(dataset), training, cache, blocks, stages);
        }
    }

    @Override
    protected void print(Diagnosis diagnosis, PrintStream printed) {
        printed.println(DiagnosisText.subject(diagnosis));
        DiagnosisText.sentences(diagnosis).forEach(printed::println);
        diagnosis.notes().forEach(printed::println);
        List<Optional<Table>> tables = List.of(
                Optional.of(DiagnosisTables.parts(diagnosis)),
                DiagnosisTables.agreement(diagnosis),
                DiagnosisTables.gateRegions(diagnosis),
                DiagnosisTables.epochs(diagnosis),
                DiagnosisTables.weights(diagnosis));
        TerminalFormat format = new TerminalFormat(terminal().width(), false);
        for (Optional<Table> table : tables) {
            table.ifPresent(found -> printed.print("\n" + format.render(found)));
        }
        if (out != null) {
            printed.printf("%nPage: %s%n", out);
        }
    }
}
