// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.train;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.terminal.Stages;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.data.store.Dataset;
import org.sllmr.evaluation.Metric;
import org.sllmr.evaluation.ranking.RankingMetric;
import org.sllmr.evaluation.significance.Difference;
import org.sllmr.evaluation.significance.PairedComparison;
import org.sllmr.evaluation.significance.Pairing;
import org.sllmr.evaluation.significance.Verdict;
import org.sllmr.report.result.DifferenceTables;
import org.sllmr.report.table.MarkdownFormat;
import org.sllmr.report.table.Table;
import org.sllmr.report.table.TerminalFormat;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.compare.Comparison;
import org.sllmr.runs.compare.FoldComparison;
import org.sllmr.runs.compare.RunComparison;
import org.sllmr.runs.compare.RunGroup;
import org.sllmr.runs.ranking.RankingSettings;
import org.sllmr.runs.ranking.Split;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares runs of several methods. */
@Command(
        name = "compare",
        description = {
            "Compare runs, paired over seeds and over users.",
            "Runs that differ only in the seed are one method; the first run's method is the baseline.",
            "Runs of all folds of a split by folds are compared together, by each user's list.",
            "Example: sllmr compare my-runs/plain-* my-runs/guided-*"
        })
public final class CompareCommand extends ReportingCommand<CompareCommand.Report> {
    @Parameters(paramLabel = "RUN", arity = "2..*", description = "Run folders.")
    private List<Path> runs = new ArrayList<>();

    @Option(names = "--data", paramLabel = "DATASET", description = "The dataset folder, if it was moved.")
    private @Nullable Path data;

    @Option(
            names = "--split",
            paramLabel = "SPLIT",
            description = "The split to compare: test (default) or" + " validation.")
    private Split split = Split.TEST;

    @Option(names = "--k", paramLabel = "K,..", split = ",", description = "Cut-offs of the ranking metrics: 5,10,20.")
    private List<Integer> cutoffs = RankingSettings.defaults().cutoffs();

    @Option(names = "--markdown", description = "Print the result as Markdown.")
    private boolean markdown;

    /** A command that reports on the given terminal. */
    public CompareCommand(Terminal terminal) {
        super(terminal);
    }

    private @Nullable Comparison comparison;

    /**
     * The result as JSON.
     *
     * @param dataset name of the dataset
     * @param split {@code test} or {@code validation}
     * @param baseline name of the first method
     * @param confidence coverage of the intervals
     * @param rows one for each other method, metric and pairing
     * @param notes what was not compared, and how to compare it
     */
    public record Report(
            String dataset, String split, String baseline, double confidence, List<Row> rows, List<String> notes) {}

    /**
     * A difference in one metric.
     *
     * @param method name of the other method
     * @param metric name of the metric; one of full rankings begins with {@code ranking}
     * @param pairing what is paired
     * @param n number of pairs
     * @param baseline mean of the baseline
     * @param value mean of the other method
     * @param difference value minus baseline
     * @param lower lower end of the difference's interval
     * @param upper upper end
     * @param pValue two-sided p value of this row, uncorrected
     * @param corrected the p value by Holm's correction over all rows
     * @param effectSize Cohen's d_z
     * @param verdict the conclusion from the corrected p value
     */
    public record Row(
            String method,
            String metric,
            Pairing pairing,
            int n,
            double baseline,
            double value,
            double difference,
            double lower,
            double upper,
            double pValue,
            double corrected,
            double effectSize,
            Verdict verdict) {
        private static Row of(String method, Difference difference) {
            Metric metric = difference.metric();
            return new Row(
                    method,
                    metric instanceof RankingMetric ? "ranking " + metric.key() : metric.key(),
                    difference.pairing(),
                    difference.pairs(),
                    difference.baseline(),
                    difference.value(),
                    difference.difference(),
                    difference.interval().lower(),
                    difference.interval().upper(),
                    difference.pValue().value(),
                    difference.corrected().value(),
                    difference.effectSize(),
                    difference.verdict());
        }
    }

    @Override
    protected Report result() throws IOException {
        List<RunFolder> folders = runs.stream().map(RunFolder::open).toList();
        Comparison found;
        try (Stages stages = new Stages(terminal())) {
            if (data == null && FoldComparison.needed(folders)) {
                found = FoldComparison.of(
                        folders, split, run -> Dataset.open(EvaluateCommand.dataset(run, null)), stages);
            } else {
                List<RunGroup> groups = RunGroup.of(folders);
                Dataset dataset = Dataset.open(EvaluateCommand.dataset(folders.get(0), data));
                found = RunComparison.of(groups, dataset, split, cutoffs, stages);
            }
        }
        comparison = found;
        return new Report(
                found.dataset(),
                found.split(),
                found.baseline(),
                PairedComparison.CONFIDENCE,
                found.rows().stream()
                        .map(row -> Row.of(row.method(), row.difference()))
                        .toList(),
                found.notes());
    }

    @Override
    protected void print(Report report, PrintStream out) {
        if (comparison == null) {
            return;
        }
        Table table = DifferenceTables.of(comparison);
        if (markdown) {
            out.print(new MarkdownFormat().render(table));
            report.notes().forEach(note -> out.println("\n" + MarkdownFormat.escape(note)));
        } else {
            TerminalFormat format = new TerminalFormat(terminal().width(), false);
            out.print(format.render(table));
            if (!report.notes().isEmpty()) {
                out.println();
                report.notes().forEach(note -> out.print(format.wrapped(note)));
            }
        }
    }
}
