// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.experiment;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.command.PathChecks;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.command.ShellWords;
import org.sllmr.cli.terminal.TableRows;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.report.result.Summary;
import org.sllmr.runs.execution.GridExecution;
import org.sllmr.runs.execution.GridFolder;
import org.sllmr.runs.execution.RunOutcome;
import org.sllmr.runs.grid.Grid;
import org.sllmr.runs.grid.GridCell;
import org.sllmr.runs.grid.GridFilter;
import org.sllmr.runs.grid.GridOutline;
import org.sllmr.runs.grid.GridReader;
import org.sllmr.runs.grid.GridSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a grid. */
@Command(
        name = "experiment",
        description = {
            "Run a grid: datasets x backbones x frameworks x seeds.",
            "Everything is checked before the first run. To resume a stopped grid, start it",
            "again with the same" + " --out.",
            "Example: sllmr experiment configurations/grids/table2-none.yaml",
            "  --data beauty=beauty --only data=beauty --out experiments/table2"
        })
public final class ExperimentCommand extends ReportingCommand<ExperimentCommand.Report> {
    @Parameters(paramLabel = "GRID.yaml", description = "The grid.")
    private Path file = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for runs and results.")
    private Path out = Path.of("");

    @Option(names = "--data", paramLabel = "NAME=FOLDER", description = "A dataset's folder; may be repeated.")
    private Map<String, Path> data = new LinkedHashMap<>();

    @Option(names = "--teacher", paramLabel = "NAME=FILE", description = "A dataset's teacher scores; may be repeated.")
    private Map<String, Path> teachers = new LinkedHashMap<>();

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "KEY=NAME",
            description = "A part of the grid, such as backbone=dcnv2,data=beauty.")
    private List<String> only = new ArrayList<>();

    @Option(names = "--seeds", split = ",", paramLabel = "N", description = "Seeds instead of the grid's, such as 1,2.")
    private List<Long> seeds = new ArrayList<>();

    @Option(names = "--jobs", paramLabel = "N", description = "Runs at once; default: one per processor.")
    private int jobs = Runtime.getRuntime().availableProcessors();

    /**
     * The result as JSON.
     *
     * @param folder the folder of runs and results
     * @param cells test AUC of each cell
     * @param failures the runs that failed
     */
    public record Report(String folder, List<Cell> cells, List<Failure> failures) {}

    /**
     * A cell of the grid.
     *
     * @param data dataset
     * @param backbone backbone
     * @param framework framework
     * @param seeds number of complete seeds
     * @param auc mean test AUC; null if none is complete
     * @param standardDeviation over seeds; null with fewer than two
     * @param paper the published number; null if there is none
     */
    public record Cell(
            String data,
            String backbone,
            String framework,
            int seeds,
            @Nullable Double auc,
            @Nullable Double standardDeviation,
            @Nullable Double paper) {}

    /**
     * A run that failed.
     *
     * @param run its name
     * @param message why
     */
    public record Failure(String run, String message) {}

    /** A command that reports on the given terminal. */
    public ExperimentCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected Report result() throws InterruptedException {
        PathChecks.checkFile(file);
        if (jobs < 1) {
            throw new InvalidInputException("--jobs", "is " + jobs + ", allowed is 1 or more");
        }
        GridSettings settings = GridReader.settings(file);
        GridFilter filter = GridFilter.of(only, settings);
        Grid grid = GridReader.read(file, settings, seeds, data, teachers, filter);
        try (GridProgress progress = new GridProgress(terminal())) {
            List<RunOutcome> outcomes =
                    new GridExecution(grid, new GridFolder(out), jobs, progress).execute(grid.runs(filter));
            return report(grid.outline(), outcomes);
        }
    }

    private Report report(GridOutline outline, List<RunOutcome> outcomes) {
        List<Cell> cells = new ArrayList<>();
        for (GridCell cell : outline.cells()) {
            List<RunOutcome> own = outcomes.stream()
                    .filter(outcome -> outcome.cell().equals(cell))
                    .toList();
            if (!own.isEmpty()) {
                cells.add(cell(outline, cell, own));
            }
        }
        List<Failure> failures = new ArrayList<>();
        for (RunOutcome outcome : outcomes) {
            if (outcome instanceof RunOutcome.Failed failed) {
                failures.add(new Failure(outcome.name(), failed.message()));
            }
        }
        return new Report(out.toString(), cells, failures);
    }

    private static Cell cell(GridOutline outline, GridCell cell, List<RunOutcome> outcomes) {
        double[] values = outcomes.stream()
                .filter(RunOutcome.Finished.class::isInstance)
                .map(outcome -> ((RunOutcome.Finished) outcome)
                        .contents()
                        .metrics()
                        .test()
                        .value(SampleMetric.AUC))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .toArray();
        Summary summary = Summary.of(values);
        OptionalDouble paper = outline.paper()
                .map(numbers -> numbers.value(SampleMetric.AUC, cell))
                .orElse(OptionalDouble.empty());
        return new Cell(
                outline.dataLabel(cell.data()),
                outline.backboneLabel(cell.backbone()),
                outline.frameworkLabel(cell.framework()),
                summary.n(),
                values.length > 0 ? summary.mean() : null,
                values.length > 1 ? summary.standardDeviation() : null,
                paper.isPresent() ? paper.getAsDouble() : null);
    }

    @Override
    protected int exitCode(Report report) {
        return report.failures().isEmpty() ? 0 : 1;
    }

    @Override
    protected void print(Report report, PrintStream printed) {
        TableRows table =
                new TableRows(3, "Data", "Backbone", "Framework", "Test AUC", "sd", "Seeds", "Paper", "Difference");
        for (Cell cell : report.cells()) {
            table.row(
                    cell.data(),
                    cell.backbone(),
                    cell.framework(),
                    number("%.4f", cell.auc()),
                    number("%.4f", cell.standardDeviation()),
                    Integer.toString(cell.seeds()),
                    number("%.4f", cell.paper()),
                    cell.auc() == null || cell.paper() == null ? "" : number("%+.4f", cell.auc() - cell.paper()));
        }
        table.print(printed, terminal().width());
        for (Failure failure : report.failures()) {
            printed.println();
            printed.println(failure.run() + " failed: " + failure.message());
        }
        printed.println();
        printed.println("Runs and results are in " + report.folder());
        printed.println("Next: " + ShellWords.join("sllmr", "report", report.folder()));
    }

    @Override
    public String whenStopped() {
        return "the same command resumes; complete runs are kept";
    }

    private static String number(String format, @Nullable Double value) {
        return value == null ? "" : String.format(Locale.ROOT, format, value);
    }
}
