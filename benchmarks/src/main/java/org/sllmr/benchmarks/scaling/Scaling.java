// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.scaling;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.sllmr.benchmarks.memory.Memory;
import org.sllmr.benchmarks.workload.PublishedSettings;
import org.sllmr.benchmarks.workload.TimedSteps;
import org.sllmr.benchmarks.workload.Workload;
import org.sllmr.configuration.Checks;
import org.sllmr.data.Seed;
import org.sllmr.model.Model;
import org.sllmr.model.optimizer.OptimizerSettings.TableUpdates;
import org.sllmr.training.guidance.None;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The cost of a step by number of samples, and by number of embedding rows with row-sparse updates.
 *
 * <p>The cost is processor time of the whole process, independent of other work on the machine.
 */
@Command(
        name = "scaling",
        description = "Cost of a step by samples and table rows; exit code 1 if it grows.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class Scaling implements Callable<Integer> {
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    @Option(names = "--backbone", paramLabel = "NAME", description = "A published configuration.")
    private String backbone = "dcnv2";

    @Option(
            names = "--rows",
            paramLabel = "N",
            split = ",",
            defaultValue = "10000,100000,1000000,10000000",
            description = "Embedding rows, users and items together.")
    private List<Integer> rows = List.of();

    @Option(
            names = "--samples",
            paramLabel = "N",
            split = ",",
            defaultValue = "50000,100000,200000,400000",
            description = "Samples of an epoch.")
    private List<Integer> samples = List.of();

    @Option(names = "--steps", description = "Timed steps for each number of rows.")
    private int steps = 1_000;

    @Option(names = "--warm-up", paramLabel = "STEPS", description = "Steps before each measurement.")
    private int warmUp = 300;

    @Option(names = "--batch", description = "Samples a step.")
    private int batch = 128;

    @Option(
            names = "--most",
            paramLabel = "TIMES",
            description = "Allowed cost of a step, as a multiple of that with the fewest rows or samples.")
    private double most = 1.5;

    private final PrintStream results;

    /** A measurement that is printed there. */
    public Scaling(PrintStream results) {
        this.results = results;
    }

    /** Cost of steps: of one of them, of all, and resident memory with the model. */
    private record Cost(double milliseconds, double seconds, double resident) {}

    @Override
    public Integer call() throws IOException {
        Checks checks = new Checks()
                .atLeast("--batch", batch, 2)
                .atLeast("--steps", steps, 1)
                .atLeast("--warm-up", warmUp, 2);
        rows.forEach(count -> checks.between("--rows", count, 1_000, 20_000_000));
        samples.forEach(count -> checks.between("--samples", count, 10 * batch, 10_000_000));
        checks.done();
        PublishedSettings settings = new PublishedSettings(backbone);
        results.println("| samples of an epoch | processor seconds | processor ms a step |");
        results.println("|---|---|---|");
        List<Double> bySamples = new ArrayList<>();
        // Not measured: the first training includes compilation.
        cost(settings, 10_000, 10 * batch, 2 * warmUp);
        for (int count : samples) {
            Cost cost = cost(settings, 10_000, count, (count + batch - 1) / batch);
            results.printf(Locale.ROOT, "| %,d | %.2f | %.3f |%n", count, cost.seconds, cost.milliseconds);
            bySamples.add(cost.milliseconds);
        }
        results.printf("%n| embedding rows | processor ms a step | resident MiB |%n|---|---|---|%n");
        List<Double> byRows = new ArrayList<>();
        for (int count : rows) {
            Cost cost = cost(settings, count, (steps + warmUp) * batch, steps);
            results.printf(Locale.ROOT, "| %,d | %.3f | %,.0f |%n", count, cost.milliseconds, cost.resident);
            byRows.add(cost.milliseconds);
        }
        Growth growth = Growth.of(bySamples, byRows);
        results.printf(
                Locale.ROOT,
                "%n%s, row-sparse updates, batch %d. A step costs at most %.2f times as much with more samples, %.2f"
                        + " times"
                        + " with more rows; allowed are %.2f.%n",
                backbone,
                batch,
                growth.bySamples(),
                growth.byRows(),
                most);
        return growth.within(most) ? 0 : 1;
    }

    private Cost cost(PublishedSettings settings, int tableRows, int count, int timed) throws IOException {
        Workload workload = RandomInteractions.of(tableRows, (count + 1) / 2 * 2, new Seed(1));
        Model model = settings.model(TableUpdates.SPARSE, true).create(workload.data(), new Seed(1));
        TimedSteps training = new TimedSteps(workload, None.defaults(), batch, true, true);
        long[] start = new long[2];
        int epoch = workload.stepsOfEpoch(batch);
        training.run(model, warmUp + timed, progress -> {
            int done = (progress.epoch() - 1) * epoch + progress.step();
            if (done == warmUp) {
                start[0] = PROCESS.getProcessCpuTime();
            }
            if (done == warmUp + timed) {
                start[1] = PROCESS.getProcessCpuTime();
            }
        });
        double seconds = (start[1] - start[0]) / 1e9;
        return new Cost(1e3 * seconds / timed, seconds, Memory.now().resident());
    }
}
