// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.preparation;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sllmr.benchmarks.memory.Memory;
import org.sllmr.configuration.Checks;
import org.sllmr.data.Seed;
import org.sllmr.data.file.Folders;
import org.sllmr.data.store.Dataset;
import org.sllmr.preparation.Preparation;
import org.sllmr.preparation.PreparationSettings;
import org.sllmr.preparation.read.FieldSettings;
import org.sllmr.preparation.read.InteractionSource;
import org.sllmr.preparation.read.LabelSettings;
import org.sllmr.preparation.read.PartFiles;
import org.sllmr.preparation.read.SourceSettings;
import org.sllmr.preparation.read.TableFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Wall time, processor time and memory of preparing a random log. */
@Command(
        name = "preparation",
        description = "Time and memory of 'data prepare' by stage, on a random log.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class PreparationSpeed implements Callable<Integer> {
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    @Option(names = "--interactions", description = "Lines of the log.")
    private int interactions = 20_000_000;

    @Option(names = "--users", description = "Users; each has three interactions or more.")
    private int users = 1_000_000;

    @Option(names = "--items", description = "Items.")
    private int items = 200_000;

    @Option(
            names = "--labels",
            description = "Impressions with labels, three context fields and two numbers: ten columns.")
    private boolean labelled;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description =
                    "Folder for log and dataset, which are removed afterwards; 45 and 18 bytes an interaction, with labels 90 and"
                            + " 50.")
    private Path folder = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(
            names = "--only-log",
            paramLabel = "FILE",
            description = "Draw the log into this file, and prepare nothing.")
    private @Nullable Path onlyLog;

    private final PrintStream results;
    private String stage = "drawing the log";
    private long wall = System.nanoTime();
    private long processor = PROCESS.getProcessCpuTime();
    private double totalWall;
    private double totalProcessor;

    /** A benchmark that prints to the stream. */
    public PreparationSpeed(PrintStream results) {
        this.results = results;
    }

    @Override
    public Integer call() throws IOException {
        new Checks()
                .between("--users", users, 1, 100_000_000)
                .between("--items", items, 10, 10_000_000)
                .require(
                        interactions >= 3L * users,
                        "--interactions",
                        "is " + interactions + ", which leaves fewer than 3 to each of " + users + " users")
                .done();
        if (onlyLog != null) {
            draw(onlyLog);
            return 0;
        }
        Path work = Files.createTempDirectory(folder, "preparation");
        try {
            Path log = work.resolve("log.csv");
            draw(log);
            start("opening");
            results.println("| stage | seconds | processor seconds |");
            results.println("|---|---|---|");
            SourceSettings sources = new SourceSettings(source(log), Optional.empty(), Optional.empty());
            Dataset dataset = Preparation.run(
                    PreparationSettings.of("drawn", sources),
                    work.resolve("dataset"),
                    false,
                    (name, done, total) -> enter(List.of(name.split(" ")).get(0)));
            enter("end");
            double millions = interactions / 1e6;
            results.printf(
                    Locale.ROOT,
                    "| all | %.1f | %.1f |%n| per million interactions | %.2f | %.2f |%n%n",
                    totalWall,
                    totalProcessor,
                    totalWall / millions,
                    totalProcessor / millions);
            results.printf(
                    Locale.ROOT,
                    "%,d interactions, %d processors, heap up to %,d MiB, resident at the end %,.0f MiB; content %s%n",
                    interactions,
                    Runtime.getRuntime().availableProcessors(),
                    Runtime.getRuntime().maxMemory() >> 20,
                    Memory.now().resident(),
                    dataset.manifest().contentHash());
            return 0;
        } finally {
            Folders.delete(work);
        }
    }

    private void draw(Path log) throws IOException {
        RandomLog random = new RandomLog(interactions, users, items);
        if (labelled) {
            random.writeImpressions(log, new Seed(1));
        } else {
            random.write(log, new Seed(1));
        }
    }

    private InteractionSource source(Path log) {
        TableFile file = TableFile.of(log);
        return labelled
                ? new InteractionSource(
                        file,
                        Optional.of("user"),
                        "item",
                        Optional.of("time"),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(FieldSettings.of("device"), FieldSettings.of("place"), FieldSettings.of("campaign")),
                        List.of("price", "age"),
                        Optional.of(
                                new LabelSettings(Optional.of("click"), Optional.empty(), Optional.of("impression"))),
                        PartFiles.none())
                : InteractionSource.of(file, "user", "item", "time");
    }

    private void start(String name) {
        stage = name;
        wall = System.nanoTime();
        processor = PROCESS.getProcessCpuTime();
    }

    /** Prints the previous stage if a new one begins. */
    private void enter(String name) {
        if (name.equals(stage)) {
            return;
        }
        double seconds = (System.nanoTime() - wall) / 1e9;
        double processorSeconds = (PROCESS.getProcessCpuTime() - processor) / 1e9;
        results.printf(Locale.ROOT, "| %s | %.1f | %.1f |%n", stage, seconds, processorSeconds);
        totalWall += seconds;
        totalProcessor += processorSeconds;
        start(name);
    }
}
