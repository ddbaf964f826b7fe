// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.profile;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sllmr.benchmarks.workload.PublishedSettings;
import org.sllmr.benchmarks.workload.Workload;
import org.sllmr.configuration.Checks;
import org.sllmr.model.optimizer.OptimizerSettings.TableUpdates;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Processor time of each part of a training step, in one thread. */
@Command(
        name = "profile",
        description = "Processor time by part of a training step.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class StepProfile implements Callable<Integer> {
    @Parameters(paramLabel = "DATASET", description = "Dataset folder, made by 'sllmr data prepare'.")
    private Path dataset = Path.of("");

    @Option(names = "--backbone", description = "Name of a published configuration.")
    private String backbone = "dcnv2";

    @Option(names = "--updates", description = "dense or sparse.")
    private String updates = "dense";

    @Option(names = "--batch", description = "Samples a step.")
    private int batch = 128;

    @Option(names = "--warm-up", paramLabel = "STEPS", description = "Steps before timing.")
    private int warmUp = 2_000;

    @Option(names = "--steps", description = "Timed steps.")
    private int steps = 4_000;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting of the model, such as model.schema.text.use=true.")
    private List<String> assignments = new ArrayList<>();

    private final PrintStream results;

    /** A benchmark that prints to the stream. */
    public StepProfile(PrintStream results) {
        this.results = results;
    }

    @Override
    public Integer call() throws IOException {
        new Checks()
                .atLeast("--batch", batch, 2)
                .atLeast("--steps", steps, 1)
                .require(
                        updates.equals("dense") || updates.equals("sparse"),
                        "--updates",
                        "is '" + updates + "', allowed are dense and sparse")
                .done();
        Workload workload = Workload.read(dataset, Optional.empty());
        TableUpdates kind = updates.equals("dense") ? TableUpdates.DENSE : TableUpdates.SPARSE;
        print(TimedPhases.of(new PublishedSettings(backbone), kind, assignments, workload, batch, warmUp, steps));
        return 0;
    }

    private void print(TimedPhases timed) {
        double total = timed.milliseconds();
        double here = 0;
        results.println("| part of a step | ms | share | thread |");
        results.println("|---|---|---|---|");
        for (Phase phase : Phase.values()) {
            double time = timed.milliseconds(phase);
            here += phase.ahead() ? 0 : time;
            results.printf(
                    Locale.ROOT,
                    "| %s | %.3f | %.0f %% | %s |%n",
                    phase.words(),
                    time,
                    100 * time / total,
                    phase.ahead() ? "second" : "first");
        }
        results.printf(Locale.ROOT, "| all | %.3f | 100 %% | first: %.3f |%n", total, here);
        results.printf(
                Locale.ROOT,
                "%n%s updates, batch %d, %.0f distinct embedding rows a step%n",
                updates,
                batch,
                timed.distinctRows());
    }
}
