// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.epoch;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sllmr.benchmarks.workload.PublishedSettings;
import org.sllmr.benchmarks.workload.Workload;
import org.sllmr.configuration.InvalidInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Trains the same model on the same samples here and in PyTorch, alternately, and compares the time of a step. */
@Command(
        name = "epoch",
        description = "Training steps beside PyTorch: one backbone in detail, or a table of several.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class EpochComparison implements Callable<Integer> {
    @Parameters(paramLabel = "DATASET", description = "Dataset folder, made by 'sllmr data prepare'.")
    private Path dataset = Path.of("");

    @Option(names = "--python", paramLabel = "EXE", description = "A Python with torch and numpy.")
    private String python = "python3";

    @Option(names = "--teacher", paramLabel = "FILE", description = "Teacher scores; default: random ones.")
    private Optional<Path> teacher = Optional.empty();

    @Option(names = "--preload", paramLabel = "LIBRARY", description = "Memory allocator for PyTorch's tuned rows.")
    private Optional<Path> preload = Optional.empty();

    @Option(
            names = "--torch-threads",
            paramLabel = "N",
            description = "1 leaves out the row with two threads, which is very slow on a busy machine.")
    private int torchThreads = 2;

    @Option(names = "--rounds", description = "Number of runs of each row.")
    private int rounds = 3;

    @Option(
            names = "--backbone",
            paramLabel = "NAMES",
            description = "Published configurations, separated by commas, or all.")
    private String backbone = "dcnv2";

    @Option(
            names = "--batch",
            paramLabel = "N",
            split = ",",
            defaultValue = "128",
            description = "Samples a step; several separated by commas.")
    private List<Integer> batches = List.of();

    @Option(names = "--steps", paramLabel = "N|epoch", description = "Steps that are timed.")
    private String steps = "epoch";

    @Option(
            names = "--warm-up",
            paramLabel = "STEPS",
            description = "Steps of each sllmr row before its first timed ones.")
    private int warmUp = 2_000;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the results of all rounds to this file.")
    private Optional<Path> json = Optional.empty();

    private final PrintStream results;
    private final PrintStream progress;

    /** A comparison with streams for its table and its progress. */
    public EpochComparison(PrintStream results, PrintStream progress) {
        this.results = results;
        this.progress = progress;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Workload workload = Workload.read(dataset, teacher);
        List<PublishedSettings> backbones = PublishedSettings.named(backbone);
        boolean alone = backbones.size() * batches.size() == 1;
        List<Comparison> comparisons = new ArrayList<>();
        for (PublishedSettings settings : backbones) {
            for (int batch : batches) {
                Trial.Plan plan = new Trial.Plan(steps(workload, batch), rounds, warmUp, python, preload, torchThreads);
                Comparison comparison = new Trial(workload, settings, batch, plan, alone).run(progress);
                comparisons.add(comparison);
                if (!alone) {
                    // Written after each trial, so that partial results can be read.
                    progress.print(ComparisonText.of(comparison));
                }
            }
        }
        results.print(alone ? ComparisonText.of(comparisons.get(0)) : SummaryText.of(comparisons));
        if (json.isPresent()) {
            JsonMapper mapper = JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();
            Object written = alone ? comparisons.get(0) : comparisons;
            Files.writeString(json.get(), mapper.writeValueAsString(written) + "\n");
        }
        return 0;
    }

    /** Number of timed steps, at most an epoch. */
    private int steps(Workload workload, int batch) {
        int epoch = workload.stepsOfEpoch(batch);
        if (steps.equals("epoch")) {
            return epoch;
        }
        int number = steps.matches("[0-9]{1,9}") ? Integer.parseInt(steps) : 0;
        if (number < 1) {
            throw new InvalidInputException("--steps", "is '" + steps + "', allowed is 'epoch' or a number from 1");
        }
        return Math.min(number, epoch);
    }
}
