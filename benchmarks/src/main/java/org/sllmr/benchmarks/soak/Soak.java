// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.soak;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sllmr.benchmarks.memory.Memory;
import org.sllmr.benchmarks.workload.PublishedSettings;
import org.sllmr.benchmarks.workload.TimedSteps;
import org.sllmr.benchmarks.workload.Workload;
import org.sllmr.configuration.Checks;
import org.sllmr.data.Seed;
import org.sllmr.model.CtrModel;
import org.sllmr.model.optimizer.OptimizerSettings.TableUpdates;
import org.sllmr.training.guidance.SelectivePairwise;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Trains DCN-V2 with S-LLMR for many steps, validation after each epoch, and watches the process's memory.
 *
 * <p>A heap that is still growing hides what native code loses, so start it with one size and touched from the start:
 * {@code -Xms512m -Xmx512m -XX:+AlwaysPreTouch}.
 */
@Command(
        name = "soak",
        description = "Memory over many training steps; exit code 1 if it grows.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class Soak implements Callable<Integer> {
    @Parameters(paramLabel = "DATASET", description = "Dataset folder, made by 'sllmr data prepare'.")
    private Path dataset = Path.of("");

    @Option(names = "--teacher", paramLabel = "FILE", description = "Teacher scores; random ones if not given.")
    private Optional<Path> teacher = Optional.empty();

    @Option(names = "--steps", description = "Training steps.")
    private int steps = 20_000;

    @Option(names = "--warm-up", paramLabel = "STEPS", description = "Steps after which memory is to stay flat.")
    private int warmUp = 5_000;

    @Option(names = "--every", paramLabel = "STEPS", description = "Steps between two readings.")
    private int every = 1_000;

    @Option(names = "--batch", description = "Samples a step.")
    private int batch = 128;

    @Option(names = "--most", paramLabel = "MIB", description = "Growth of resident memory that is allowed.")
    private double most = 32;

    private final PrintStream results;

    /** A soak that prints its readings there. */
    public Soak(PrintStream results) {
        this.results = results;
    }

    @Override
    public Integer call() throws IOException {
        new Checks()
                .atLeast("--every", every, 1)
                .between("--warm-up", warmUp, every, steps - every)
                .atLeast("--batch", batch, 2)
                .done();
        double growth = growth(train(Workload.read(dataset, teacher)), warmUp / every);
        results.printf(
                Locale.ROOT,
                "Resident memory grew by %.1f MiB after step %d; allowed are %.1f.%n",
                growth,
                warmUp,
                most);
        return growth > most ? 1 : 0;
    }

    /** The most that a reading is above the one at the end of the warm-up. */
    static double growth(List<Memory> readings, int warm) {
        double start = readings.get(warm - 1).resident();
        return readings.subList(warm, readings.size()).stream()
                .mapToDouble(reading -> reading.resident() - start)
                .max()
                .orElseThrow();
    }

    private List<Memory> train(Workload workload) throws IOException {
        List<Memory> readings = new ArrayList<>();
        results.println("|   step | resident MiB | heap MiB | unshared MiB |");
        results.println("|--------|--------------|----------|--------------|");
        TimedSteps training = new TimedSteps(workload, SelectivePairwise.defaults(), batch, true, true);
        try (CtrModel model = CtrModel.create(
                workload.data(), PublishedSettings.model(TableUpdates.DENSE, PublishedSettings.DROPOUT), new Seed(1))) {
            int epoch = workload.stepsOfEpoch(batch);
            training.run(model, steps, progress -> {
                int done = (progress.epoch() - 1) * epoch + progress.step();
                if (done % every == 0) {
                    Memory memory = now();
                    readings.add(memory);
                    results.printf(
                            Locale.ROOT,
                            "| %6d | %12.1f | %8.1f | %12.1f |%n",
                            done,
                            memory.resident(),
                            memory.heap(),
                            memory.physical());
                }
            });
        }
        return readings;
    }

    private static Memory now() {
        try {
            return Memory.now();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
