// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sllmr.cli.command.PathChecks;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.command.ShellWords;
import org.sllmr.cli.terminal.Stages;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.scoring.SampleScoring;
import org.sllmr.teacher.vector.EmbeddingTeacher;
import org.sllmr.training.tuned.TunedSamples;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Scores the training samples with the embedding teacher. */
@Command(
        name = "samples",
        description = {
            "Score the training samples themselves with the built-in sentence encoder, each with the history before it.",
            "With --provider tuned-embedding two teachers are trained, each on half of the users, and score the samples of"
                    + " the other half.",
            "The scores are for guidance 'sample-distillation'; for other guidance use 'sllmr score run'.",
            "Example: sllmr score samples --data beauty --out beauty.samples.scores"
        })
final class SamplesCommand extends ReportingCommand<TeacherReport> {
    @Mixin
    private TeacherOptions options = new TeacherOptions();

    @Option(names = "--out", required = true, paramLabel = "TEACHER", description = "The file to write.")
    private Path out = Path.of("");

    /** A command that reports on the given terminal. */
    public SamplesCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected TeacherReport result() throws IOException, InterruptedException {
        TeacherSettings settings = options.settings();
        if (options.language().remote()) {
            throw new InvalidInputException(
                    "--provider",
                    "names a language model, which is not asked about training samples; import its answers with 'sllmr"
                            + " score import'");
        }
        PathChecks.checkFree(out, options.replace());
        TrainingData data = options.data();
        try (Blocks blocks = new Blocks(Runtime.getRuntime().availableProcessors());
                Stages stages = new Stages(terminal())) {
            CatalogueTeacher teacher = options.teacher(data, settings.teacher(), blocks, stages);
            TeacherTableFile table = options.language().tuned()
                    ? TunedSamples.score(
                            data,
                            teacher.teacher().embeddings(),
                            teacher.teacher().model(),
                            settings.tuned(),
                            new Seed(options.seed()),
                            blocks,
                            stages)
                    : scored(teacher.teacher(), data, blocks, stages);
            PathChecks.write(out, () -> table.write(out));
            return TeacherReport.of(out, table, data);
        }
    }

    private static TeacherTableFile scored(EmbeddingTeacher teacher, TrainingData data, Blocks blocks, Stages stages)
            throws InterruptedException {
        stages.progressed("scoring samples", 0, 0);
        float[] scores = SampleScoring.scores(teacher, data.training().instances(), data.log(), blocks);
        Map<String, String> all = new LinkedHashMap<>(teacher.settings());
        all.put("of", "training samples");
        return SampleScoring.of(teacher.name(), teacher.model(), all, data, scores);
    }

    @Override
    protected void print(TeacherReport report, PrintStream out) {
        report.print(out, terminal().width());
        out.printf(
                "%nNext: %s%n",
                ShellWords.join(
                        "sllmr",
                        "train",
                        "--data",
                        options.dataset(),
                        "--teacher",
                        report.file(),
                        "--set",
                        "guidance=sample-distillation",
                        "--out",
                        "RUN"));
    }
}
