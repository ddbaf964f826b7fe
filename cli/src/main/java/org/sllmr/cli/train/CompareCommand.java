// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.train;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.terminal.AlignedTable;
import org.sllmr.cli.terminal.Stages;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.data.store.Dataset;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.compare.Comparison;
import org.sllmr.runs.compare.ComparisonText;
import org.sllmr.runs.compare.RunComparison;
import org.sllmr.runs.compare.RunGroup;
import org.sllmr.runs.ranking.RankingSettings;
import org.sllmr.runs.ranking.Split;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says which of several kinds of runs is better, by how much, and how surely. */
@Command(
        name = "compare",
        description = {
            "Compare runs in pairs over seeds and over users.",
            "Runs that differ in nothing but the seed are one method; the first run's is the baseline.",
            "Example: sllmr compare runs/plain-* runs/guided-*"
        })
public final class CompareCommand extends ReportingCommand<Comparison> {
    @Parameters(paramLabel = "RUN", arity = "2..*", description = "Run folders.")
    private List<Path> runs = new ArrayList<>();

    @Option(names = "--data", paramLabel = "DATASET", description = "The dataset folder, if it was moved.")
    private @Nullable Path data;

    @Option(names = "--split", paramLabel = "SPLIT", description = "What is compared: test (default) or validation.")
    private Split split = Split.TEST;

    @Option(names = "--k", paramLabel = "K,..", split = ",", description = "Cut-offs of the ranking metrics: 5,10,20.")
    private List<Integer> cutoffs = RankingSettings.defaults().cutoffs();

    @Option(names = "--markdown", description = "Print the result as Markdown.")
    private boolean markdown;

    /** A command that reports on the given terminal. */
    public CompareCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected Comparison result() throws IOException {
        List<RunFolder> folders = runs.stream().map(RunFolder::open).toList();
        List<RunGroup> groups = RunGroup.of(folders);
        Dataset dataset = Dataset.open(EvaluateCommand.dataset(folders.get(0), data));
        try (Stages stages = new Stages(terminal())) {
            return RunComparison.of(groups, dataset, split, cutoffs, stages::at);
        }
    }

    @Override
    protected void print(Comparison comparison, PrintStream out) {
        if (markdown) {
            out.print(ComparisonText.markdown(comparison));
            return;
        }
        for (String method : ComparisonText.methods(comparison)) {
            out.println(ComparisonText.sentence(comparison, method));
            out.println();
            AlignedTable table =
                    new AlignedTable().row(ComparisonText.headings().toArray(String[]::new));
            comparison.rows().stream()
                    .filter(row -> row.method().equals(method))
                    .forEach(row -> table.row(ComparisonText.cells(row).toArray(String[]::new)));
            table.print(out);
            out.println();
        }
        out.println(ComparisonText.note().replace(". ", "." + System.lineSeparator()));
        comparison.notes().forEach(out::println);
    }
}
