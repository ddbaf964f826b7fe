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
import java.util.stream.Stream;
import org.sllmr.benchmarks.workload.PublishedSettings;
import org.sllmr.benchmarks.workload.TimedSteps;
import org.sllmr.benchmarks.workload.Workload;
import org.sllmr.data.Seed;
import org.sllmr.model.Model;
import org.sllmr.model.optimizer.OptimizerSettings.TableUpdates;
import org.sllmr.runs.Machine;
import org.sllmr.runs.Versions;
import org.sllmr.training.guidance.Guidance;
import org.sllmr.training.guidance.None;
import org.sllmr.training.guidance.SelectivePairwise;

/**
 * One backbone and batch size, trained by all variants alternately.
 *
 * @param workload the training data
 * @param settings of the model
 * @param batch samples a step
 * @param plan how often and how long
 * @param everyRow whether to run the variants without ratios too
 */
record Trial(Workload workload, PublishedSettings settings, int batch, Plan plan, boolean everyRow) {
    /**
     * Numbers of steps and rounds, and the Python to use.
     *
     * @param steps number of timed steps
     * @param rounds number of runs of each variant
     * @param warmUp steps of each sllmr variant before its first timed ones
     * @param python name of a Python interpreter
     * @param preload memory allocator for PyTorch's tuned rows
     * @param torchThreads maximum threads of a PyTorch operation
     */
    record Plan(int steps, int rounds, int warmUp, String python, Optional<Path> preload, int torchThreads) {}

    /** Runs all rounds. */
    Comparison run(PrintStream progress) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("sllmr-epoch");
        try {
            return run(folder, progress);
        } finally {
            delete(folder);
        }
    }

    private Comparison run(Path folder, PrintStream progress) throws IOException, InterruptedException {
        Optional<Python> found = Python.find(plan.python, folder, batch, plan.preload);
        Optional<Agreement> agreement = Optional.empty();
        Map<String, String> versions = new TreeMap<>(Versions.ofLibraries());
        if (found.isPresent()) {
            versions.put("PyTorch", found.get().version());
            Model model = settings.model(TableUpdates.DENSE, true).create(workload.data(), new Seed(1));
            ColumnExport.write(folder, workload.data(), model);

            agreement = Optional.of(Agreement.check(workload, settings, batch, found.get()));
        } else {
            progress.println("'" + plan.python + "' has no torch and numpy: PyTorch's rows are left"
                    + " out. Name one with --python.");
        }
        List<TimedVariant> variants = variants(found);
        double[][] milliseconds = new double[variants.size()][plan.rounds];
        double[][] processor = new double[variants.size()][plan.rounds];
        for (int round = 0; round < plan.rounds; round++) {
            for (int i = 0; i < variants.size(); i++) {
                TimedVariant.Measured measured = variants.get(i).run(plan.steps);
                milliseconds[i][round] = measured.millisecondsPerStep();
                processor[i][round] = measured.processorMillisecondsPerStep();
                progress.printf(
                        "%s, batch %d, round %d of %d: %s, %.2f ms a step%n",
                        settings.backbone(),
                        batch,
                        round + 1,
                        plan.rounds,
                        variants.get(i).name(),
                        milliseconds[i][round]);
            }
        }
        List<Comparison.Row> rows = new ArrayList<>();
        for (int i = 0; i < variants.size(); i++) {
            rows.add(new Comparison.Row(
                    variants.get(i).name(), variants.get(i).description(), milliseconds[i], processor[i]));
        }
        return new Comparison(
                workload.data().name(),
                settings.backbone(),
                workload.data().training().size(),
                workload.scores(),
                batch,
                plan.steps,
                plan.rounds,
                agreement,
                rows,
                versions,
                Machine.here(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Instant.now());
    }

    private List<TimedVariant> variants(Optional<Python> found) {
        List<TimedVariant> variants = new ArrayList<>();
        found.ifPresent(torch -> addPyTorch(torch, variants));
        variants.add(own(
                Comparison.DENSE,
                "exact dense Adam with weight decay; the next batch is prepared in a second thread, as in every run",
                TableUpdates.DENSE,
                None.defaults(),
                true));
        if (everyRow) {
            variants.add(own(
                    "sllmr dense, not ahead",
                    "the same, with batches prepared in the training thread",
                    TableUpdates.DENSE,
                    None.defaults(),
                    false));
        }
        variants.add(own(
                Comparison.SPARSE,
                "row-sparse Adam: only the rows of the batch are updated and decay",
                TableUpdates.SPARSE,
                None.defaults(),
                true));
        if (everyRow) {
            variants.add(own(
                    "sllmr sparse, not ahead",
                    "the same, with batches prepared in the training thread",
                    TableUpdates.SPARSE,
                    None.defaults(),
                    false));
            variants.add(own(
                    "sllmr dense, S-LLMR",
                    "dense, guided by " + workload.scores() + "; the default pairs, gate and hinge",
                    TableUpdates.DENSE,
                    SelectivePairwise.defaults(),
                    true));
        }
        return variants;
    }

    private void addPyTorch(Python torch, List<TimedVariant> variants) {
        if (everyRow) {
            variants.add(pytorch(
                    "PyTorch loader",
                    "DataLoader, nn.Embedding, torch.optim.Adam, as in a tutorial",
                    torch,
                    Python.Memory.USUAL,
                    "loader",
                    1));
        }
        variants.add(pytorch(
                Comparison.EAGER,
                "nn.Embedding, torch.optim.Adam, batches sliced from tensors instead of collated",
                torch,
                Python.Memory.USUAL,
                "eager",
                1));
        String kept = plan.preload
                .map(library -> "memory from " + library.getFileName())
                .orElse("freed memory kept");
        variants.add(pytorch(
                Comparison.TUNED,
                "EmbeddingBag, fused Adam (from PyTorch 2.4 on), losses read at the end, subnormals flushed, " + kept,
                torch,
                Python.Memory.KEPT,
                "tuned",
                1));
        if (plan.torchThreads > 1) {
            variants.add(
                    pytorch(Comparison.TUNED_TWO, "the same with two threads", torch, Python.Memory.KEPT, "tuned", 2));
        }
        variants.add(pytorch(
                Comparison.TORCH_SPARSE,
                "tuned, with SparseAdam for the tables (no weight decay there)",
                torch,
                Python.Memory.KEPT,
                "sparse",
                1));
        variants.add(pytorch(
                Comparison.PRODUCTS,
                "only the matrix products of a tuned step, on prepared matrices",
                torch,
                Python.Memory.KEPT,
                "products",
                1));
    }

    private TimedVariant own(String name, String description, TableUpdates updates, Guidance guidance, boolean ahead) {
        return new SllmrVariant(
                name,
                description,
                settings,
                updates,
                new TimedSteps(workload, guidance, batch, true, ahead),
                plan.warmUp);
    }

    private TimedVariant pytorch(
            String name, String description, Python python, Python.Memory memory, String style, int threads) {
        int warmUp = Math.min(100, plan.steps);
        return new PyTorchVariant(
                name,
                description,
                python,
                memory,
                List.of("--style", style, "--threads", String.valueOf(threads), "--warmup", String.valueOf(warmUp)));
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
