// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.experiment;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.command.PathChecks;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.command.ShellWords;
import org.sllmr.cli.terminal.Progress;
import org.sllmr.cli.terminal.TableRows;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.FolderLock;
import org.sllmr.runs.RunInputs;
import org.sllmr.runs.tune.Search;
import org.sllmr.runs.tune.SearchInputs;
import org.sllmr.runs.tune.SearchListener;
import org.sllmr.runs.tune.SearchPlan;
import org.sllmr.runs.tune.TrialResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Searches for settings. */
@Command(
        name = "tune",
        description = {
            "Search for settings by a validation metric, within declared ranges.",
            "It has no access to test data. To resume a stopped search, start it again with",
            "the same --out.",
            "Example: sllmr tune configurations/searches/s-llmr.yaml --data beauty",
            "  --teacher beauty.scores --out searches/s-llmr"
        })
public final class TuneCommand extends ReportingCommand<TuneCommand.Report> {
    private static final int SHOWN = 10;

    @Parameters(paramLabel = "SEARCH.yaml", description = "The search.")
    private Path file = Path.of("");

    @Option(names = "--data", paramLabel = "DATASET", description = "The dataset folder.")
    private @Nullable Path data;

    @Option(names = "--teacher", paramLabel = "FILE", description = "The teacher's scores.")
    private @Nullable Path teacher;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder for trials and the best settings.")
    private Path out = Path.of("");

    @Option(names = "--jobs", paramLabel = "N", description = "Trials at once; default: one per processor.")
    private int jobs = Runtime.getRuntime().availableProcessors();

    /**
     * The result as JSON.
     *
     * @param metric the validation metric
     * @param best the best configuration, ready to train
     * @param table all trials as CSV
     * @param trials all trials, best first
     */
    public record Report(String metric, String best, String table, List<TrialResult> trials) {}

    /** A command that reports on the given terminal. */
    public TuneCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected Report result() throws IOException, InterruptedException {
        PathChecks.checkFile(file);
        if (jobs < 1) {
            throw new InvalidInputException("--jobs", "is " + jobs + ", allowed is 1 or more");
        }
        SearchPlan plan = SearchPlan.read(file, Optional.ofNullable(data), Optional.ofNullable(teacher));
        try (FolderLock lock = Search.lock(out);
                SearchProgress progress = new SearchProgress(terminal())) {
            RunInputs inputs = RunInputs.of(plan.base());
            Search.Outcome outcome = new Search(
                            plan,
                            new SearchInputs(inputs.dataset().trainingData(), inputs.teacher()),
                            out,
                            jobs,
                            progress)
                    .run(lock);
            return new Report(
                    plan.settings().metric(),
                    outcome.best().toString(),
                    outcome.table().toString(),
                    outcome.trials());
        }
    }

    @Override
    protected void print(Report report, PrintStream printed) {
        List<String> keys = new ArrayList<>(report.trials().get(0).values().keySet());
        List<String> headings = new ArrayList<>(List.of("Trial", "Epochs", "Validation " + report.metric()));
        keys.forEach(key -> headings.add(key.substring(key.lastIndexOf('.') + 1)));
        TableRows table = new TableRows(headings.toArray(String[]::new));
        for (TrialResult trial :
                report.trials().subList(0, Math.min(SHOWN, report.trials().size()))) {
            List<String> row = new ArrayList<>(List.of(
                    Integer.toString(trial.trial()),
                    Integer.toString(trial.epochs()),
                    trial.score() == null ? "failed" : String.format(Locale.ROOT, "%.4f", trial.score())));
            keys.forEach(key -> row.add(trial.values().getOrDefault(key, "")));
            table.row(row.toArray(String[]::new));
        }
        table.print(printed, terminal().width());
        if (report.trials().size() > SHOWN) {
            printed.println("... " + (report.trials().size() - SHOWN) + " more in " + report.table());
        }
        printed.println();
        printed.println("Next: " + ShellWords.join("sllmr", "train", report.best(), "--out", "RUN"));
    }

    @Override
    public String whenStopped() {
        return "the same command resumes; complete trials are kept";
    }

    /** Shows one rung at a time, and prints a line for each trial. */
    private static final class SearchProgress implements SearchListener, AutoCloseable {
        private final Terminal terminal;
        private @Nullable Progress progress;

        SearchProgress(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public void rung(int rung, int rungs, int epochs, int trials) {
            close();
            progress = terminal.progress("rung " + rung + " of " + rungs + ", to epoch " + epochs, trials);
            progress.at(0, "");
        }

        @Override
        public void finished(TrialResult result, int done, int trials) {
            terminal.say(String.format(
                    Locale.ROOT,
                    "trial %d: %s with %s",
                    result.trial(),
                    result.score() == null ? "failed" : String.format(Locale.ROOT, "%.4f", result.score()),
                    result.values()));
            if (progress != null) {
                progress.at(done, "");
            }
        }

        @Override
        public void close() {
            if (progress != null) {
                progress.close();
                progress = null;
            }
        }
    }
}
