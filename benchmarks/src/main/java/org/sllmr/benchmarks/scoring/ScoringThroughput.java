// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.scoring;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sllmr.benchmarks.memory.Memory;
import org.sllmr.configuration.Checks;
import org.sllmr.data.Catalogue;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Vocabulary;
import org.sllmr.llm.TokenPrice;
import org.sllmr.llm.openai.ApiKey;
import org.sllmr.llm.openai.OpenAiModel;
import org.sllmr.llm.openai.OpenAiSettings;
import org.sllmr.llm.question.QuestionForm;
import org.sllmr.llm.question.QuestionSettings;
import org.sllmr.llm.request.Requests;
import org.sllmr.llm.request.ScoreRequests;
import org.sllmr.llm.run.AskingProgress;
import org.sllmr.llm.run.AskingResult;
import org.sllmr.llm.run.AskingSettings;
import org.sllmr.llm.run.ScoringRun;
import org.sllmr.teacher.plan.CandidatePlan;
import org.sllmr.teacher.plan.PlanSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Asks a server on this machine as fast as it answers, and measures the rate relative to the possible one, and the
 * growth of memory.
 */
@Command(
        name = "scoring",
        description = "Rate and memory of a scoring run; exit code 1 if it is slow or memory grows.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class ScoringThroughput implements Callable<Integer> {
    private static final int ITEMS = 5_000;
    private static final int HISTORY = 8;
    private static final int CANDIDATES = 5;

    @Option(names = "--requests", description = "Requests to send.")
    private int requests = 100_000;

    @Option(names = "--in-flight", paramLabel = "N", description = "Concurrent requests.")
    private int inFlight = 64;

    @Option(names = "--latency", paramLabel = "MS", description = "Response time of the server.")
    private int latency = 50;

    @Option(names = "--least", paramLabel = "SHARE", description = "Required share of the possible rate.")
    private double least = 0.95;

    @Option(names = "--most", paramLabel = "MIB", description = "Allowed growth of resident memory.")
    private double most = 64;

    private final PrintStream results;

    /** A benchmark that prints to the stream. */
    public ScoringThroughput(PrintStream results) {
        this.results = results;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        new Checks()
                .between("--requests", requests, 100, 10_000_000)
                .between("--in-flight", inFlight, 1, 1024)
                .between("--latency", latency, 1, 60_000)
                .done();
        Path folder = Files.createTempDirectory("scoring");
        try (LoopbackModel server = new LoopbackModel(latency, answer());
                OpenAiModel model = OpenAiModel.open(OpenAiSettings.of("m", server.url()), ApiKey.NONE)) {
            return measure(model, folder.resolve("store"));
        } finally {
            delete(folder);
        }
    }

    private int measure(OpenAiModel model, Path store) throws IOException, InterruptedException {
        QuestionForm form = QuestionSettings.defaults().form(catalogue());
        CandidatePlan plan = plan();
        Requests all = new ScoreRequests(plan.histories(log()), form, model, 1);
        AskingSettings defaults = AskingSettings.defaults();
        AskingSettings settings = new AskingSettings(
                inFlight,
                defaults.timeoutSeconds(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                defaults.retries(),
                defaults.breaker(),
                defaults.answers());
        List<Memory> readings = new ArrayList<>();
        List<AskingProgress> progresses = new ArrayList<>();
        long[] processor = new long[1];
        int every = Math.max(1, requests / 10);
        results.println("| requests | a second | resident MiB | heap MiB |");
        results.println("|----------|----------|--------------|----------|");
        AskingResult result = new ScoringRun(all, model, TokenPrice.defaults(), settings).run(store, progress -> {
            if (progress.answered() >= (readings.size() + 1) * every) {
                if (readings.isEmpty()) {
                    processor[0] = processorTime();
                }
                readings.add(reading(progress));
                progresses.add(progress);
            }
        });
        // The first tenth is the warm-up, for compilation.
        AskingProgress warm = progresses.get(0);
        double seconds = result.progress().elapsed().minus(warm.elapsed()).toNanos() / 1e9;
        double rate = (result.progress().answered() - warm.answered()) / seconds;
        double possible = inFlight * 1000.0 / latency;
        double growth = growth(readings);
        double cost =
                (processorTime() - processor[0]) / 1e6 / (result.progress().answered() - warm.answered());
        results.printf(
                Locale.ROOT,
                "%n%,d answers in %.1f s; after the first tenth %.0f a second, %.1f %% of the possible %.0f.%n",
                result.progress().answered(),
                result.progress().elapsed().toNanos() / 1e9,
                rate,
                100 * rate / possible,
                possible);
        results.printf(Locale.ROOT, "%.3f ms of processor time a request, without the server's.%n", cost);
        results.printf(
                Locale.ROOT,
                "Resident memory grew by %.1f MiB after a fifth of them; allowed are %.1f.%n",
                growth,
                most);
        return result.progress().answered() < all.size() || rate < least * possible || growth > most ? 1 : 0;
    }

    /** Processor time of this process without the server's threads, in nanoseconds. */
    private static long processorTime() {
        return ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toNanos()
                - LoopbackModel.processorTime();
    }

    private Memory reading(AskingProgress progress) {
        try {
            Memory memory = Memory.now();
            results.printf(
                    Locale.ROOT,
                    "| %8d | %8.0f | %12.1f | %8.1f |%n",
                    progress.answered(),
                    progress.rate(),
                    memory.resident(),
                    memory.heap());
            return memory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The largest growth since the second reading. */
    private static double growth(List<Memory> readings) {
        return readings.size() < 3
                ? 0
                : readings.subList(2, readings.size()).stream()
                        .mapToDouble(
                                reading -> reading.resident() - readings.get(1).resident())
                        .max()
                        .orElseThrow();
    }

    private static String answer() {
        return "{\"scores\":["
                + String.join(
                        ",",
                        IntStream.rangeClosed(1, CANDIDATES)
                                .mapToObj(item -> "{\"item\":" + item + ",\"score\":0." + item + "}")
                                .toList())
                + "]}";
    }

    private static Catalogue catalogue() {
        List<String> ids = IntStream.range(0, ITEMS).mapToObj(Integer::toString).toList();
        return new Catalogue(
                new Vocabulary(ids),
                List.of(),
                List.of(new Catalogue.TextColumn(
                        "title",
                        ids.stream()
                                .map(id -> "A shampoo for dry hair, number " + id)
                                .toList())));
    }

    private InteractionLog log() {
        int[] offsets =
                IntStream.rangeClosed(0, requests).map(user -> user * HISTORY).toArray();
        int[] items = IntStream.range(0, requests * HISTORY)
                .map(index -> (int) (index * 7919L % ITEMS))
                .toArray();
        return InteractionLog.of(offsets, items, new long[items.length]);
    }

    private CandidatePlan plan() {
        int[] offsets = IntStream.rangeClosed(0, requests)
                .map(user -> user * CANDIDATES)
                .toArray();
        int[] items = IntStream.range(0, requests * CANDIDATES)
                .map(index -> (index / CANDIDATES + index % CANDIDATES * 100) % (ITEMS - 500) + index % CANDIDATES)
                .toArray();
        for (int user = 0; user < requests; user++) {
            Arrays.sort(items, offsets[user], offsets[user + 1]);
        }
        return new CandidatePlan(
                new CandidatePlan.Origin("loopback", "loopback", 1, PlanSettings.defaults()),
                offsets,
                items,
                new byte[items.length]);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
