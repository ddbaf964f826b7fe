// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.ranking;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.sllmr.benchmarks.workload.PublishedSettings;
import org.sllmr.configuration.Checks;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.store.Dataset;
import org.sllmr.model.Backbones;
import org.sllmr.model.Model;
import org.sllmr.model.ModelSettings;
import org.sllmr.model.optimizer.OptimizerSettings.TableUpdates;
import org.sllmr.runs.RunConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Scoring all items for some users with every published backbone, compared with scoring whole rows here and in PyTorch.
 */
@Command(
        name = "ranking",
        description = "Scoring all items for some users, compared with whole rows here and in PyTorch.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class RankingBenchmark implements Callable<Integer> {
    @Parameters(paramLabel = "DATASET", description = "Dataset folder, made by 'sllmr data prepare'.")
    private Path dataset = Path.of("");

    @Option(names = "--users", paramLabel = "N", description = "Number of users.")
    private int users = 400;

    @Option(names = "--whole", paramLabel = "N", description = "Number of users for whole rows.")
    private int whole = 10;

    @Option(names = "--python", paramLabel = "EXE", description = "A Python with torch and numpy.")
    private String python = "python3";

    @Option(
            names = "--configurations",
            paramLabel = "FOLDER",
            description = "Folder of the configurations to measure, in the order of their names.")
    private Path configurations = Path.of("configurations/published");

    @Option(names = "--backbone", paramLabel = "NAME", description = "Only these backbones.")
    private List<String> only = new ArrayList<>();

    private final PrintStream results;
    private final PrintStream progress;

    /** A benchmark with streams for its table and its progress. */
    public RankingBenchmark(PrintStream results, PrintStream progress) {
        this.results = results;
        this.progress = progress;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        new Checks().atLeast("--users", users, 1).atLeast("--whole", whole, 1).done();
        TrainingData data = Dataset.open(dataset).trainingData();
        int items = data.catalogue().size();
        int[] sample = sample(data.log().users(), users);
        // Unlike wall time, processor time hardly depends on other work.
        results.printf(
                Locale.ROOT,
                "%s: %,d of %,d users with all %,d items, %d threads, model weights as they start%n%n",
                data.name(),
                sample.length,
                data.log().users(),
                items,
                Runtime.getRuntime().availableProcessors());
        results.println(
                "| backbone | scores/s | all users | processor µs a score | whole rows here | times | difference |");
        results.println("|---|--:|--:|--:|--:|--:|--:|");
        for (Path file : files()) {
            ModelSettings settings = RunConfiguration.reader().file(file).read().model();
            String name = Backbones.nameOf(settings.backbone());
            if (only.isEmpty() || only.contains(name)) {
                progress.println("benchmarks: " + name);
                measure(data, settings, sample, items);
            }
        }
        pytorch(data, sample, items);
        return 0;
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(configurations)) {
            throw new InvalidInputException(
                    "--configurations",
                    "is '" + configurations + "', which is not a folder; start in the project's folder");
        }
        try (var list = Files.list(configurations)) {
            return list.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    private static int[] sample(int all, int count) {
        var random = new Seed(1).child("users").generator();
        int[] order = IntStream.range(0, all).toArray();
        int size = Math.min(count, all);
        for (int i = 0; i < size; i++) {
            int other = i + random.nextInt(all - i);
            int swapped = order[i];
            order[i] = order[other];
            order[other] = swapped;
        }
        return Arrays.copyOf(order, size);
    }

    private void measure(TrainingData data, ModelSettings settings, int[] sample, int items) {
        InteractionLog log = data.log();
        Model model = settings.create(data, new Seed(1));
        RankingSpeed shared = RankingSpeed.shared(model, log, sample, items);
        int[] few = Arrays.copyOf(sample, Math.min(whole, sample.length));
        RankingSpeed rows = RankingSpeed.wholeRows(model, log, few, items);
        results.printf(
                Locale.ROOT,
                "| %s | %,.0f | %s | %.2f | %.2f | %.1f | %.0e |%n",
                Backbones.titleOf(settings.backbone()),
                shared.rate(),
                minutes(log.users() * (double) items / shared.rate()),
                shared.microseconds(),
                rows.microseconds(),
                rows.microseconds() / shared.microseconds(),
                RankingSpeed.difference(model, log, Arrays.copyOf(few, Math.min(2, few.length)), items));
        results.flush();
    }

    private void pytorch(TrainingData data, int[] sample, int items) throws IOException, InterruptedException {
        ModelSettings settings = new PublishedSettings("dcnv2").model(TableUpdates.DENSE, true);
        int[] few = Arrays.copyOf(sample, Math.min(whole, sample.length));
        Model model = settings.create(data, new Seed(1));
        Optional<PyTorchRanking> other = PyTorchRanking.measure(python, data, model, few);
        if (other.isEmpty()) {
            progress.println("'" + python + "' has no torch and numpy: whole rows in PyTorch are left out."
                    + " Name another one with --python.");
            return;
        }
        RankingSpeed shared = RankingSpeed.shared(model, data.log(), sample, items);
        results.println();
        results.println("| DCN-V2 beside PyTorch " + other.get().torch()
                + " | scores/s | all users | processor µs a score | times |");
        results.println("|---|--:|--:|--:|--:|");
        double all = data.log().users() * (double) items;
        for (PyTorchRanking.Row row : other.get().rows()) {
            results.printf(
                    Locale.ROOT,
                    "| %s | %,.0f | %s | %.2f | %.1f |%n",
                    row.name(),
                    row.rate(),
                    minutes(all / row.rate()),
                    row.microseconds(),
                    row.microseconds() / shared.microseconds());
        }
        results.printf(
                Locale.ROOT,
                "| sllmr, %d threads | %,.0f | %s | %.2f | 1 |%n%n"
                        + "Largest difference between PyTorch's scores and those of whole rows here: %.0e of the"
                        + " largest score.%n",
                Runtime.getRuntime().availableProcessors(),
                shared.rate(),
                minutes(all / shared.rate()),
                shared.microseconds(),
                other.get().difference());
    }

    private static String minutes(double seconds) {
        return seconds < 90
                ? String.format(Locale.ROOT, "%.0f s", seconds)
                : String.format(Locale.ROOT, "%.1f min", seconds / 60);
    }
}
