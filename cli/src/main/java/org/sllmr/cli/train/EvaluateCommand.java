// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.train;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.command.ShellWords;
import org.sllmr.cli.terminal.Stages;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.Writable;
import org.sllmr.data.store.Dataset;
import org.sllmr.runs.RunConfiguration;
import org.sllmr.runs.RunEvaluation;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.ranking.FullRanking;
import org.sllmr.runs.ranking.RankingResult;
import org.sllmr.runs.ranking.RankingResult.PartMetric;
import org.sllmr.runs.ranking.RankingSettings;
import org.sllmr.runs.ranking.SampleSlices;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Evaluates the stored model of a run again, optionally with full ranking. */
@Command(
        name = "evaluate",
        description = {
            "Evaluate a run's stored model on validation and test samples.",
            "On the same machine the numbers equal those of its metrics.json.",
            "With --full-ranking, each held-out item is ranked among all items that the user had not interacted with"
                    + " before; results and each user's rank are stored in the run's folder, for 'sllmr compare'."
        })
public final class EvaluateCommand extends ReportingCommand<EvaluationReport> {
    @Parameters(paramLabel = "RUN", description = "The run folder.")
    private Path run = Path.of("");

    @Option(names = "--data", paramLabel = "DATASET", description = "The dataset folder, if it was moved.")
    private @Nullable Path data;

    @Option(names = "--full-ranking", description = "Rank the whole catalogue for each user.")
    private boolean fullRanking;

    @Mixin
    private final RankingOptions options = new RankingOptions();

    /** A command that reports on the given terminal. */
    public EvaluateCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected EvaluationReport result() throws IOException {
        RankingSettings settings = options.settings();
        if (options.namesCutoffs() && !fullRanking) {
            throw new InvalidInputException("--k", "is of the full ranking; add --full-ranking");
        }
        if (options.namesUsers() && !fullRanking) {
            throw new InvalidInputException("--users", "samples users of the full ranking; add --full-ranking");
        }
        RunFolder folder = RunFolder.open(run);
        if (fullRanking) {
            Writable.require(run.resolve("ranking"));
        }
        Dataset dataset = Dataset.open(dataset(folder, data));
        RunReport report = RunReport.of(run, RunEvaluation.evaluate(folder, dataset));
        RankingResult ranking = null;
        if (fullRanking) {
            try (Stages stages = new Stages(terminal())) {
                ranking = FullRanking.run(folder, dataset, settings, stages);
            }
        }
        List<PartMetric> parts = settings.slices() ? SampleSlices.of(folder, dataset, settings) : List.of();
        return EvaluationReport.of(report, ranking, parts);
    }

    /** The dataset folder of a run: the given one, or that of its configuration. */
    public static Path dataset(RunFolder folder, @Nullable Path given) {
        if (given != null) {
            return given;
        }
        String name = folder.path().toString();
        Path named = RunConfiguration.read(name, folder.contents().configuration())
                .data()
                .orElseThrow(() -> new InvalidInputException(name, "names no dataset; give --data"));
        if (!Files.exists(named)) {
            throw new InvalidInputException(
                    name, "names the dataset '" + named + "', which is not there, seen from here; give --data");
        }
        return named;
    }

    @Override
    protected void print(EvaluationReport report, PrintStream out) {
        report.print(out, terminal().width());
        out.printf("%nNext: %s%n", ShellWords.join("sllmr", "compare", report.run(), "OTHER-RUN"));
    }
}
