// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.soak;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import java.util.zip.CRC32;
import org.sllmr.benchmarks.memory.Memory;
import org.sllmr.benchmarks.workload.PublishedSettings;
import org.sllmr.benchmarks.workload.TimedSteps;
import org.sllmr.benchmarks.workload.Workload;
import org.sllmr.configuration.Checks;
import org.sllmr.data.Seed;
import org.sllmr.model.Model;
import org.sllmr.model.optimizer.OptimizerSettings.TableUpdates;
import org.sllmr.training.guidance.SelectivePairwise;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Trains with S-LLMR for many steps with validation after each epoch, measures memory, and repeats the first steps to
 * check for the same bits.
 *
 * <p>A heap that is still growing hides what grows beside it, so start it with one size and touched from the start:
 * {@code -Xms512m -Xmx512m -XX:+AlwaysPreTouch}.
 */
@Command(
        name = "soak",
        description = "Memory over many training steps; exit code 1 if it grows, or if the same seed gives other bits.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class Soak implements Callable<Integer> {
    @Parameters(paramLabel = "DATASET", description = "Dataset folder, made by 'sllmr data prepare'.")
    private Path dataset = Path.of("");

    @Option(names = "--teacher", paramLabel = "FILE", description = "Teacher scores; default: random ones.")
    private Optional<Path> teacher = Optional.empty();

    @Option(
            names = "--backbone",
            paramLabel = "NAMES",
            description = "Published configurations, separated by commas, or all.")
    private String backbone = "dcnv2";

    @Option(
            names = "--again",
            paramLabel = "STEPS",
            description = "First steps to repeat for the same bits; 0 for none.")
    private int again = 1_000;

    @Option(names = "--steps", description = "Training steps.")
    private int steps = 20_000;

    @Option(names = "--warm-up", paramLabel = "STEPS", description = "Steps before memory must stay constant.")
    private int warmUp = 5_000;

    @Option(names = "--every", paramLabel = "STEPS", description = "Steps between readings.")
    private int every = 1_000;

    @Option(names = "--batch", description = "Samples a step.")
    private int batch = 128;

    @Option(names = "--most", paramLabel = "MIB", description = "Allowed growth of resident memory.")
    private double most = 32;

    private final PrintStream results;

    /** A soak test that prints to the stream. */
    public Soak(PrintStream results) {
        this.results = results;
    }

    @Override
    public Integer call() throws IOException {
        new Checks()
                .atLeast("--every", every, 1)
                .between("--warm-up", warmUp, every, steps - every)
                .between("--again", again, 0, steps)
                .atLeast("--batch", batch, 2)
                .done();
        Workload workload = Workload.read(dataset, teacher);
        boolean good = true;
        for (PublishedSettings settings : PublishedSettings.named(backbone)) {
            good &= soak(workload, settings);
        }
        return good ? 0 : 1;
    }

    private boolean soak(Workload workload, PublishedSettings settings) {
        results.printf("%n%s%n%n", settings.backbone());
        List<Memory> readings = new ArrayList<>();
        results.println("|   step | resident MiB | heap MiB | unshared MiB |");
        results.println("|--------|--------------|----------|--------------|");
        long bits = train(workload, settings, steps, true, step -> {
            if (step % every == 0) {
                Memory memory = now();
                readings.add(memory);
                print(step, memory);
            }
        });
        double growth = growth(readings, warmUp / every);
        results.printf(
                Locale.ROOT,
                "Resident memory grew by %.1f MiB after step %d; allowed are %.1f.%n",
                growth,
                warmUp,
                most);
        boolean same = again == 0 || bits == train(workload, settings, again, false, step -> {});
        if (again > 0) {
            results.printf(
                    "The losses of the first %d steps, trained again without a second thread for the batches, have"
                            + " %s bits.%n",
                    again, same ? "the same" : "OTHER");
        }
        return growth <= most && same;
    }

    /** Trains and returns a checksum of the losses of the first {@link #again} steps. */
    private long train(
            Workload workload, PublishedSettings settings, int count, boolean prepareAhead, IntConsumer each) {
        CRC32 losses = new CRC32();
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES);
        TimedSteps training = new TimedSteps(workload, SelectivePairwise.defaults(), batch, true, prepareAhead);
        Model model = settings.model(TableUpdates.DENSE, true).create(workload.data(), new Seed(1));
        int epoch = workload.stepsOfEpoch(batch);
        training.run(model, count, progress -> {
            int done = (progress.epoch() - 1) * epoch + progress.step();
            if (done <= again) {
                losses.update(bytes.putDouble(0, progress.objectiveLoss()).array());
            }
            each.accept(done);
        });

        return losses.getValue();
    }

    private void print(int step, Memory memory) {
        results.printf(
                Locale.ROOT,
                "| %6d | %12.1f | %8.1f | %12.1f |%n",
                step,
                memory.resident(),
                memory.heap(),
                memory.unshared());
    }

    /** The largest growth since the end of the warm-up. */
    static double growth(List<Memory> readings, int warm) {
        double start = readings.get(warm - 1).resident();
        return readings.subList(warm, readings.size()).stream()
                .mapToDouble(reading -> reading.resident() - start)
                .max()
                .orElseThrow();
    }

    private static Memory now() {
        try {
            return Memory.now();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
