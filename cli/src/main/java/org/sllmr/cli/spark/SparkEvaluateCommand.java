// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.spark;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.terminal.Stages;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.cli.train.EvaluateCommand;
import org.sllmr.cli.train.RankingOptions;
import org.sllmr.cli.train.RankingTables;
import org.sllmr.data.file.Writable;
import org.sllmr.data.store.Dataset;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.ranking.RankingResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ranks all items for the users of a run on Spark. */
@Command(
        name = "evaluate",
        description = {
            "Rank all items for the users of a run, on Spark.",
            "Each held-out item is ranked among all items that the user had not interacted with before. The results, also"
                    + " those in the run's folder, are those of 'sllmr evaluate --full-ranking'."
        })
final class SparkEvaluateCommand extends ReportingCommand<RankingResult> {
    @Parameters(paramLabel = "RUN", description = "The run folder.")
    private Path run = Path.of("");

    @Option(names = "--data", paramLabel = "DATASET", description = "The dataset folder, if it was moved.")
    private @Nullable Path data;

    @Mixin
    private final RankingOptions options = new RankingOptions();

    /** A command that reports on the given terminal. */
    SparkEvaluateCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected RankingResult result() throws IOException {
        RunFolder folder = RunFolder.open(run);
        Writable.require(run.resolve("ranking"));
        Dataset dataset = Dataset.open(EvaluateCommand.dataset(folder, data));
        try (Stages stages = new Stages(terminal())) {
            return SparkJobs.find().evaluate(folder, dataset, options.settings(), stages);
        }
    }

    @Override
    protected void print(RankingResult result, PrintStream out) {
        RankingTables.print(result, out, terminal().width());
    }
}
