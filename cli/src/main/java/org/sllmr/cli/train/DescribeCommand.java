// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.train;

import static org.sllmr.cli.terminal.TableRows.count;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.terminal.TableRows;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.TrainingData;
import org.sllmr.data.store.Dataset;
import org.sllmr.model.NetworkSummary;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.runs.ModelInputs;
import org.sllmr.runs.NamedConfigurations;
import org.sllmr.runs.RunConfiguration;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.RunMemory;
import org.sllmr.runs.RunSettings;
import org.sllmr.runs.RunTeacher;
import org.sllmr.teacher.TeacherTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the network of a run or a configuration. */
@Command(
        name = "describe",
        description = {
            "Show the network of a run or a configuration.",
            "It lists tables, operations, shapes and parameters, and what ranking computes once a user or once an item.",
            "Example: sllmr describe recommended/din --data demo"
        })
public final class DescribeCommand extends ReportingCommand<NetworkSummary> {
    @Parameters(
            paramLabel = "RUN|CONFIGURATION",
            description = "A run folder, a configuration file, or the name of a built-in configuration.")
    private String described = "";

    @Option(names = "--data", paramLabel = "DATASET", description = "The dataset folder, whose columns are the fields.")
    private @Nullable Path data;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Any setting, such as model.backbone=din.")
    private List<String> assignments = new ArrayList<>();

    /** A command that reports on the given terminal. */
    public DescribeCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected NetworkSummary result() throws IOException {
        RunSettings settings = settings();
        Path folder = data != null
                ? data
                : settings.data()
                        .orElseThrow(() -> new InvalidInputException(described, "names no dataset; give --data"));
        TrainingData data = Dataset.open(folder).trainingData();
        Optional<TeacherTable> scores = Optional.empty();
        if (settings.model().schema().teacherScores() && settings.teacher().isPresent()) {
            scores = Optional.of(RunTeacher.read(settings.teacher().get(), data).table());
        }
        TrainingData inputs = ModelInputs.of(data, settings.model(), scores);
        Optional<RunMemory> memory = assignments.isEmpty() && Files.isDirectory(Path.of(described))
                ? RunFolder.open(Path.of(described)).memory()
                : Optional.empty();
        FeatureSchema schema = memory.isPresent()
                ? settings.model().fields(inputs, memory.get().schema())
                : settings.model().fields(inputs);
        return NetworkSummary.of(schema, settings.model());
    }

    private RunSettings settings() throws IOException {
        if (Files.isDirectory(Path.of(described))) {
            RunFolder run = RunFolder.open(Path.of(described));
            return RunConfiguration.reader()
                    .text(described, run.contents().configuration())
                    .assignments(assignments)
                    .read();
        }
        return NamedConfigurations.reader(described)
                .environment(System.getenv())
                .assignments(assignments)
                .read();
    }

    @Override
    protected void print(NetworkSummary summary, PrintStream out) {
        int width = terminal().width();
        TableRows tables = new TableRows("Embedding table", "Rows", "Floats a row");
        summary.tables().forEach(table -> tables.row(table.name(), count(table.rows()), count(table.width())));
        tables.print(out, width);
        out.println();
        if (!summary.numeric().isEmpty()) {
            TableRows numeric = new TableRows(2, "Numeric field", "Fitted");
            summary.numeric().forEach(field -> numeric.row(field.name(), field.fitted()));
            numeric.print(out, width);
            out.println();
        }
        summary.propagation()
                .ifPresent(graph -> out.printf(
                        "Rows of %s users and %s items are propagated over %s interactions in %s, and read as the mean of"
                                + " all layers%n%n",
                        count(graph.users()),
                        count(graph.items()),
                        count(graph.interactions()),
                        graph.layers() == 1 ? "1 layer" : graph.layers() + " layers"));
        TableRows operations =
                new TableRows(3, "", "Operation", "Reads", "Vectors", "Floats", "Computed", "Parameters");
        for (NetworkSummary.Step step : summary.operations()) {
            operations.row(
                    Integer.toString(step.number()),
                    step.operation(),
                    step.inputs().stream().map(String::valueOf).collect(Collectors.joining(" ")),
                    step.of(),
                    count(step.width()),
                    switch (step.dependence()) {
                        case USER -> "once a user";
                        case HISTORY_ITEM -> "history item";
                        case HISTORY_PAIR -> "both items";
                        case ITEM -> "once an item";
                        case SUM -> "once each";
                        case BOTH -> "every pair";
                    },
                    step.parameters().stream()
                            .map(parameter -> parameter.name())
                            .collect(Collectors.joining(" ")));
        }
        operations.print(out, width);
        out.printf("%n%s trained parameters%n", count(summary.parameters()));
    }
}
