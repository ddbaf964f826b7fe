// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.epoch;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.sllmr.benchmarks.workload.PublishedSettings;
import org.sllmr.benchmarks.workload.TimedSteps;
import org.sllmr.benchmarks.workload.Workload;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Seed;
import org.sllmr.experiments.run.Machine;
import org.sllmr.model.CtrModel;
import org.sllmr.model.network.Libraries;
import org.sllmr.model.optimizer.OptimizerSettings.TableUpdates;
import org.sllmr.training.guidance.None;
import org.sllmr.training.guidance.SelectivePairwise;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Trains the same model on the same samples here and in PyTorch, in turns, and compares the time of a step. */
@Command(
        name = "epoch",
        description = "A training epoch of DCN-V2 beside PyTorch.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class EpochComparison implements Callable<Integer> {
    @Parameters(paramLabel = "DATASET", description = "Dataset folder, made by 'sllmr data prepare'.")
    private Path dataset = Path.of("");

    @Option(names = "--python", paramLabel = "EXE", description = "A Python with torch and numpy.")
    private String python = "python3";

    @Option(names = "--teacher", paramLabel = "FILE", description = "Teacher scores; random ones if not given.")
    private Optional<Path> teacher = Optional.empty();

    @Option(names = "--preload", paramLabel = "LIBRARY", description = "Memory allocator for PyTorch's tuned rows.")
    private Optional<Path> preload = Optional.empty();

    @Option(names = "--rounds", description = "How often each row runs.")
    private int rounds = 3;

    @Option(names = "--batch", description = "Samples a step.")
    private int batch = 128;

    @Option(names = "--steps", paramLabel = "N|epoch", description = "Steps that are timed.")
    private String steps = "epoch";

    @Option(
            names = "--warm-up",
            paramLabel = "STEPS",
            description = "Steps of each own row before its first timed ones.")
    private int warmUp = 2_000;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the result, every round, to this file.")
    private Optional<Path> json = Optional.empty();

    private final PrintStream results;
    private final PrintStream progress;

    /** A comparison that prints its table to the one and its progress to the other stream. */
    public EpochComparison(PrintStream results, PrintStream progress) {
        this.results = results;
        this.progress = progress;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Workload workload = Workload.read(dataset, teacher);
        int timed = steps(workload);
        Path folder = Files.createTempDirectory("sllmr-epoch");
        try {
            Comparison comparison = compare(workload, timed, folder);
            results.print(ComparisonText.of(comparison));
            if (json.isPresent()) {
                Files.writeString(
                        json.get(),
                        JsonMapper.builder()
                                        .enable(SerializationFeature.INDENT_OUTPUT)
                                        .build()
                                        .writeValueAsString(comparison)
                                + "\n");
            }
            return 0;
        } finally {
            delete(folder);
        }
    }

    private int steps(Workload workload) {
        int epoch = workload.stepsOfEpoch(batch);
        if (steps.equals("epoch")) {
            return epoch;
        }
        int number = steps.matches("[0-9]{1,9}") ? Integer.parseInt(steps) : 0;
        if (number < 1 || number > epoch) {
            throw new InvalidInputException(
                    "--steps", "is '" + steps + "', allowed is 'epoch' or a number from 1 to " + epoch);
        }
        return number;
    }

    private Comparison compare(Workload workload, int timed, Path folder) throws IOException, InterruptedException {
        Optional<Python> found = Python.find(python, folder, batch, preload);
        Optional<Agreement> agreement = Optional.empty();
        Map<String, String> versions = new TreeMap<>(Libraries.versions());
        if (found.isPresent()) {
            versions.put("PyTorch", found.get().version());
            try (CtrModel model = CtrModel.create(
                    workload.data(),
                    PublishedSettings.model(TableUpdates.DENSE, PublishedSettings.DROPOUT),
                    new Seed(1))) {
                ColumnExport.write(folder, workload.data(), model);
            }
            agreement = Optional.of(Agreement.check(workload, batch, found.get()));
        } else {
            progress.println("'" + python + "' has no torch and numpy, or is none: PyTorch's rows are left out."
                    + " Name another one with --python.");
        }
        List<Contestant> contestants = contestants(workload, found);
        double[][] milliseconds = new double[contestants.size()][rounds];
        double[][] processor = new double[contestants.size()][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < contestants.size(); i++) {
                Contestant.Measured measured = contestants.get(i).run(timed);
                milliseconds[i][round] = measured.millisecondsPerStep();
                processor[i][round] = measured.processorMillisecondsPerStep();
                progress.printf(
                        "round %d of %d: %s, %.2f ms a step%n",
                        round + 1, rounds, contestants.get(i).name(), milliseconds[i][round]);
            }
        }
        List<Comparison.Row> rows = new ArrayList<>();
        for (int i = 0; i < contestants.size(); i++) {
            rows.add(new Comparison.Row(
                    contestants.get(i).name(), contestants.get(i).description(), milliseconds[i], processor[i]));
        }
        return new Comparison(
                workload.data().name(),
                workload.data().training().size(),
                workload.scores(),
                batch,
                timed,
                rounds,
                agreement,
                rows,
                versions,
                Machine.here(Libraries.blasKernel()),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Instant.now());
    }

    private List<Contestant> contestants(Workload workload, Optional<Python> found) {
        List<Contestant> contestants = new ArrayList<>();
        found.ifPresent(torch -> {
            contestants.add(pytorch(
                    "PyTorch loader",
                    "DataLoader, nn.Embedding, torch.optim.Adam: what a tutorial shows",
                    torch,
                    Python.Memory.USUAL,
                    "loader"));
            contestants.add(pytorch(
                    Comparison.EAGER,
                    "the same, a batch cut from tensors instead of collated",
                    torch,
                    Python.Memory.USUAL,
                    "eager"));
            String kept = preload.map(library -> "memory from " + library.getFileName())
                    .orElse("freed memory kept");
            contestants.add(pytorch(
                    Comparison.TUNED,
                    "EmbeddingBag, fused Adam, subnormals flushed, " + kept,
                    torch,
                    Python.Memory.KEPT,
                    "tuned"));
            contestants.add(pytorch(
                    "PyTorch sparse",
                    "tuned, with SparseAdam for the tables (no weight decay there)",
                    torch,
                    Python.Memory.KEPT,
                    "sparse"));
        });
        TimedSteps plain = new TimedSteps(workload, None.defaults(), batch, true, true);
        TimedSteps alone = new TimedSteps(workload, None.defaults(), batch, true, false);
        TimedSteps guided = new TimedSteps(workload, SelectivePairwise.defaults(), batch, true, true);
        contestants.add(new SllmrContestant(
                Comparison.DENSE,
                "exact dense Adam with weight decay; the next batch is prepared in a second thread, as in every run",
                TableUpdates.DENSE,
                plain,
                warmUp));
        contestants.add(new SllmrContestant(
                "sllmr dense, one thread", "the same without the second thread", TableUpdates.DENSE, alone, warmUp));
        contestants.add(new SllmrContestant(
                "sllmr sparse",
                "row-sparse Adam: only the rows of the batch move and decay",
                TableUpdates.SPARSE,
                plain,
                warmUp));
        contestants.add(new SllmrContestant(
                "sllmr sparse, one thread", "the same without the second thread", TableUpdates.SPARSE, alone, warmUp));
        contestants.add(new SllmrContestant(
                "sllmr dense, S-LLMR",
                "dense, guided by " + workload.scores() + "; the default pairs, gate and hinge",
                TableUpdates.DENSE,
                guided,
                warmUp));
        return contestants;
    }

    private static Contestant pytorch(
            String name, String description, Python python, Python.Memory memory, String style) {
        return new PyTorchContestant(name, description, python, memory, List.of("--style", style));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
