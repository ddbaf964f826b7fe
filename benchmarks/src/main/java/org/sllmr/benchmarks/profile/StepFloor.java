// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.profile;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sllmr.benchmarks.workload.PublishedSettings;
import org.sllmr.benchmarks.workload.Workload;
import org.sllmr.configuration.Checks;
import org.sllmr.model.kernel.Products;
import org.sllmr.model.optimizer.OptimizerSettings.TableUpdates;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What a training step takes at least: its products alone with our own kernels, on matrices that are ready, and the bytes
 * that it moves; beside the step itself. All of it is processor time of one thread.
 */
@Command(
        name = "floor",
        description = "A training step's products alone and the bytes that it moves, beside the step.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class StepFloor implements Callable<Integer> {
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
    private static final int COPIED = 16 << 20;
    private static final int ROUNDS = 5;
    private static final double LEAST_SECONDS = 0.3;

    @Parameters(paramLabel = "DATASET", description = "Dataset folder, made by 'sllmr data prepare'.")
    private Path dataset = Path.of("");

    @Option(names = "--backbone", description = "Names of published configurations, or all.")
    private String backbones = "all";

    @Option(names = "--batch", description = "Samples a step.")
    private int batch = 128;

    @Option(names = "--warm-up", paramLabel = "STEPS", description = "Steps before timing.")
    private int warmUp = 500;

    @Option(names = "--steps", description = "Timed steps.")
    private int steps = 500;

    private final PrintStream results;
    private final Products products = Products.fastest();

    /** A benchmark that prints to the stream. */
    public StepFloor(PrintStream results) {
        this.results = results;
    }

    @Override
    public Integer call() throws IOException {
        new Checks()
                .atLeast("--batch", batch, 2)
                .atLeast("--warm-up", warmUp, 0)
                .atLeast("--steps", steps, 1)
                .done();
        List<PublishedSettings> named = PublishedSettings.named(backbones);
        Workload workload = Workload.read(dataset, Optional.empty());
        double copied = copiedBytesASecond();
        results.printf(
                Locale.ROOT,
                "%s kernels, batch %d; memory is copied at %.1f GB/s%n%n",
                products.name(),
                batch,
                copied / 1e9);
        results.println(
                "| backbone | million multiply-adds | products alone, ms | GFLOP/s | MB moved | ms at the speed of a copy |"
                        + " step, ms | sparse step, ms | products' share |");
        results.println("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
        for (PublishedSettings backbone : named) {
            print(backbone, workload, copied);
        }
        return 0;
    }

    private void print(PublishedSettings backbone, Workload workload, double copied) {
        TimedPhases dense = TimedPhases.of(backbone, TableUpdates.DENSE, List.of(), workload, batch, warmUp, steps);
        TimedPhases sparse = TimedPhases.of(backbone, TableUpdates.SPARSE, List.of(), workload, batch, warmUp, steps);
        List<MatrixProduct> all =
                MatrixProduct.ofStep(dense.step().graph(), batch, dense.step().histories());
        long multiplyAdds = all.stream().mapToLong(MatrixProduct::multiplyAdds).sum();
        double seconds = all.stream().mapToDouble(this::seconds).sum();
        MovedBytes bytes = MovedBytes.ofStep(
                dense.step().graph(),
                dense.distinctRows(),
                dense.step().rowWidth(),
                batch,
                dense.step().histories());
        results.printf(
                Locale.ROOT,
                "| %s | %.1f | %.3f | %.0f | %.1f | %.3f | %.3f | %.3f | %.0f %% |%n",
                backbone.backbone(),
                multiplyAdds / 1e6,
                seconds * 1e3,
                2 * multiplyAdds / seconds / 1e9,
                bytes.all() / 1e6,
                bytes.all() / copied * 1e3,
                dense.milliseconds(),
                sparse.milliseconds(),
                100 * seconds * 1e3 / dense.milliseconds());
    }

    /** Seconds of a product, the median of several rounds. */
    private double seconds(MatrixProduct product) {
        float[] left = new float[product.rows() * product.depth() + Products.SLACK];
        float[] right = new float[product.depth() * product.columns() + Products.SLACK];
        float[] result = new float[product.rows() * product.columns() + Products.SLACK];
        Arrays.fill(left, 0.5f);
        Arrays.fill(right, 0.25f);
        int repeats = 1;
        double[] rounds = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; ) {
            long start = CLOCK.getCurrentThreadCpuTime();
            for (int repeat = 0; repeat < repeats; repeat++) {
                multiply(product, left, right, result);
            }
            double seconds = (CLOCK.getCurrentThreadCpuTime() - start) / 1e9;
            if (seconds < LEAST_SECONDS / ROUNDS) {
                repeats *= 2;
            } else {
                rounds[round++] = seconds / repeats;
            }
        }
        Arrays.sort(rounds);
        return rounds[ROUNDS / 2];
    }

    private void multiply(MatrixProduct product, float[] left, float[] right, float[] result) {
        int depth = product.depth();
        int columns = product.columns();
        products.multiply(left, 0, depth, right, 0, columns, result, 0, columns, product.rows(), depth, columns, false);
    }

    /** Bytes that one thread reads and writes a second when it copies an array larger than any cache. */
    private static double copiedBytesASecond() {
        float[] from = new float[COPIED];
        float[] to = new float[COPIED];
        double best = 0;
        for (int round = 0; round < 2 * ROUNDS; round++) {
            long start = CLOCK.getCurrentThreadCpuTime();
            System.arraycopy(from, 0, to, 0, COPIED);
            best = Math.max(best, 2.0 * COPIED * Float.BYTES / ((CLOCK.getCurrentThreadCpuTime() - start) / 1e9));
        }
        return best;
    }
}
