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
import java.util.random.RandomGenerator;
import org.sllmr.benchmarks.workload.PublishedSettings;
import org.sllmr.benchmarks.workload.Workload;
import org.sllmr.configuration.Checks;
import org.sllmr.data.Instances;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.model.optimizer.OptimizerSettings.TableUpdates;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.runs.ModelInputs;
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
        var settings = new PublishedSettings(backbone).model(kind, true, assignments);
        FeatureSchema schema = settings.fields(ModelInputs.of(workload.data(), settings, Optional.empty()));
        PhasedStep model = new PhasedStep(schema, settings, new Seed(1));
        long distinct = 0;
        for (int step = 0; step < warmUp + steps; step++) {
            if (step == warmUp) {
                model.reset();
                distinct = 0;
            }
            step(model, workload, new Seed(1).child(step).generator());
            distinct += model.distinctRows();
        }
        print(model, distinct / (double) steps);
        return 0;
    }

    /** A step on samples drawn with replacement, which is enough for timing. */
    private void step(PhasedStep model, Workload workload, RandomGenerator random) {
        Samples training = workload.data().training();
        int[] users = new int[batch];
        int[] items = new int[batch];
        int[] positions = new int[batch];
        float[] labels = new float[batch];
        for (int i = 0; i < batch; i++) {
            int row = random.nextInt(training.size());
            users[i] = training.instances().users()[row];
            items[i] = training.instances().items()[row];
            positions[i] = training.instances().positions()[row];
            labels[i] = training.label(row);
        }
        model.step(workload.data().log(), new Instances(users, items, positions), labels, training.groupSize());
    }

    private void print(PhasedStep model, double distinct) {
        double total = 0;
        double here = 0;
        for (Phase phase : Phase.values()) {
            double time = model.nanoseconds(phase) / 1e6 / steps;
            total += time;
            here += phase.ahead() ? 0 : time;
        }
        results.println("| part of a step | ms | share | thread |");
        results.println("|---|---|---|---|");
        for (Phase phase : Phase.values()) {
            double time = model.nanoseconds(phase) / 1e6 / steps;
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
                Locale.ROOT, "%n%s updates, batch %d, %.0f distinct embedding rows a step%n", updates, batch, distinct);
    }
}
