// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.train;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.command.PathChecks;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.store.Dataset;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.runs.BlendSettings;
import org.sllmr.runs.RunBlend;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.RunMetrics;
import org.sllmr.training.calibration.NewItems;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Blends a run's scores with a teacher's. */
@Command(
        name = "blend",
        description = {
            "Blend a run's scores with a teacher's and popularity, for a teacher that is asked while serving.",
            "Five weights are fitted to the validation samples (by folds, to the calibration samples). The result is a"
                    + " run of its own, to evaluate, rank and compare.",
            "Example: sllmr blend my-runs/alone --teacher beauty.scores --out my-runs/blend"
        })
public final class BlendCommand extends ReportingCommand<BlendCommand.Report> {
    @Parameters(paramLabel = "RUN", description = "The run folder.")
    private Path run = Path.of("");

    @Option(
            names = "--teacher",
            paramLabel = "TEACHER",
            description = "The file with the teacher's scores. The embedding teacher is asked again about any item; of"
                    + " another one the file's scores are looked up.")
    private @Nullable Path teacher;

    @Option(
            names = "--tail-constant",
            paramLabel = "LOGITS",
            description =
                    "Add this to the scores of long-tail items. It holds no information: it shows what a tail bonus"
                            + " of guidance gains by itself. Without --teacher the model's scores are not blended otherwise.")
    private double tailConstant;

    @Option(
            names = "--new-items",
            paramLabel = "HOW",
            description = "What popularity counts for items without a training positive: unpopular (nobody has taken"
                    + " them; the default) or average (they have just arrived, and nothing is known).")
    private NewItems newItems = NewItems.UNPOPULAR;

    @Option(names = "--data", paramLabel = "DATASET", description = "The dataset folder, if it was moved.")
    private @Nullable Path data;

    @Option(names = "--out", required = true, paramLabel = "RUN", description = "The run folder to make.")
    private Path out = Path.of("");

    /** A command that reports on the given terminal. */
    public BlendCommand(Terminal terminal) {
        super(terminal);
    }

    /**
     * The result.
     *
     * @param folder the run folder that was made
     * @param teacher name of the teacher
     * @param comparisons pairs that the weights were fitted to
     * @param weights of the model's logit, log popularity and its square, the teacher's score and its square
     * @param alone test AUC of the model alone
     * @param blended test AUC of the blend
     * @param aloneMicroseconds time of a score by the model alone
     * @param blendedMicroseconds time of a score by the blend
     * @param megabytes memory for the teacher
     */
    public record Report(
            String folder,
            String teacher,
            int comparisons,
            List<Double> weights,
            double alone,
            double blended,
            double aloneMicroseconds,
            double blendedMicroseconds,
            double megabytes) {}

    @Override
    protected Report result() throws IOException {
        RunFolder folder = RunFolder.open(run);
        if (teacher != null) {
            PathChecks.checkFile(teacher);
        } else if (tailConstant == 0) {
            throw new InvalidInputException(
                    "--teacher", "is not given; name the file of the scores to blend with, or give --tail-constant");
        }
        if (!Double.isFinite(tailConstant)) {
            throw new InvalidInputException("--tail-constant", "is " + tailConstant + ", allowed is any finite number");
        }
        if (teacher == null && newItems != NewItems.UNPOPULAR) {
            throw new InvalidInputException(
                    "--new-items", "is given without --teacher; popularity counts only in a blend with a teacher");
        }
        RunBlend.Blended made = RunBlend.of(
                folder,
                Dataset.open(EvaluateCommand.dataset(folder, data)),
                new BlendSettings(Optional.ofNullable(teacher), tailConstant, newItems),
                out);
        return new Report(
                out.toString(),
                made.blend().teacher(),
                made.blend().comparisons(),
                made.blend().weights(),
                auc(folder.contents().metrics()),
                auc(made.run().contents().metrics()),
                made.alone(),
                made.blended(),
                made.bytes() / 1e6);
    }

    private static double auc(RunMetrics metrics) {
        return metrics.test().value(SampleMetric.AUC).orElse(Double.NaN);
    }

    @Override
    protected void print(Report report, PrintStream out) {
        if (report.comparisons() > 0) {
            out.printf(
                    Locale.ROOT,
                    "%s: blended with %s; five weights fitted to %,d pairs%n",
                    report.folder(),
                    report.teacher(),
                    report.comparisons());
        }
        out.printf(Locale.ROOT, "test AUC: alone %.4f, blended %.4f%n", report.alone(), report.blended());
        out.printf(
                Locale.ROOT,
                "a score takes %.1f microseconds (alone %.1f), and the teacher %.1f megabytes%n",
                report.blendedMicroseconds(),
                report.aloneMicroseconds(),
                report.megabytes());
    }
}
