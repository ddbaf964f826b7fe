// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.serving;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.sllmr.bundle.Recommendations;
import org.sllmr.bundle.Recommender;
import org.sllmr.bundle.Request;
import org.sllmr.bundle.format.BundleContents;
import org.sllmr.bundle.format.BundleReader;
import org.sllmr.configuration.Checks;
import org.sllmr.onnx.OnnxFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The server in its own process under load from this one, at fixed rates and at the largest one, and ONNX Runtime with whole
 * rows of the same model for the same users.
 */
@Command(
        name = "serving",
        description = "Latency and throughput of 'sllmr serve', beside ONNX Runtime with whole rows.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class ServingBenchmark implements Callable<Integer> {
    /** So many that a server which keeps up never makes a request wait for one. */
    private static final int CONNECTIONS = 32;

    private static final int USERS = 2000;

    @Parameters(
            paramLabel = "BUNDLE",
            description =
                    "Bundle, made by 'sllmr export --histories plain'; with --onnx, ONNX Runtime is measured too.")
    private Path bundle = Path.of("");

    @Option(names = "--rate", description = "Requests for recommendations a second.")
    private double rate = 60;

    @Option(names = "--rank-rate", paramLabel = "RATE", description = "Requests to rank candidates a second.")
    private double rankRate = 500;

    @Option(names = "--k", description = "Recommendations of a request.")
    private int k = 20;

    @Option(names = "--candidates", paramLabel = "N", description = "Candidates of a request to rank.")
    private int candidates = 100;

    @Option(names = "--seconds", description = "Length of each measurement.")
    private double seconds = 30;

    @Option(names = "--warm-up", paramLabel = "SECONDS", description = "Load of each kind before it is measured.")
    private double warmUp = 15;

    @Option(names = "--at-once", paramLabel = "N", description = "Connections of the measurement without a rate.")
    private int atOnce = 4;

    private final PrintStream results;

    /** A benchmark that prints to the stream. */
    public ServingBenchmark(PrintStream results) {
        this.results = results;
    }

    @Override
    public Integer call() throws IOException, InterruptedException, OrtException {
        new Checks()
                .between("--k", k, 1, 1000)
                .between("--candidates", candidates, 1, 10_000)
                .between("--at-once", atOnce, 1, 64)
                .done();
        BundleContents contents = BundleReader.open(bundle).contents();
        int items = contents.data().catalogue().size();
        Questions questions = Questions.of(bundle, contents, USERS, k, Math.min(candidates, items));
        int processors = Runtime.getRuntime().availableProcessors();
        results.printf(
                Locale.ROOT,
                "%s, %s: %,d items, %,d drawn users; %d processors for server and client, Java %s%n%n",
                contents.manifest().name(),
                contents.manifest().run().backbone(),
                items,
                questions.users().length,
                processors,
                Runtime.version());
        results.println("| requests | a second | sent | median ms | p99 ms | largest ms | server's median ms"
                + " | processor ms | failed |");
        results.println("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
        Latencies fastest;
        try (ServerProcess server = ServerProcess.start(bundle)) {
            atRate(server, "top " + k, questions.recommend(), rate);
            atRate(server, candidates + " candidates", questions.rank(), rankRate);
            fastest = atOnce(server, "top " + k, questions.recommend());
            atOnce(server, candidates + " candidates", questions.rank());
        }
        Path model = bundle.resolve(OnnxFile.MODEL);
        if (Files.exists(model)) {
            results.printf(
                    "%n| ONNX Runtime, rows of a call | threads | users a second | processor ms | difference |%n");
            results.println("|--:|---|--:|--:|--:|");
            List<OnnxRows.Speed> speeds = new ArrayList<>();
            for (int block : new int[] {256, 1024, items}) {
                speeds.add(onnx(model, questions, block, processors, 1));
                speeds.add(onnx(model, questions, block, 1, processors));
            }
            double best =
                    speeds.stream().mapToDouble(OnnxRows.Speed::rate).max().orElseThrow();
            double least = speeds.stream()
                    .mapToDouble(OnnxRows.Speed::processorMillis)
                    .min()
                    .orElseThrow();
            results.printf(
                    Locale.ROOT,
                    "%nThe server answers %.1f times as many requests for the top %d a second as ONNX Runtime scores whole"
                            + " rows for.%nIt takes %.1f times less processor time for each.%n",
                    fastest.rate() / best,
                    k,
                    least / fastest.processorMillis());
        } else {
            results.printf("%n%s is not there; export with --onnx to measure ONNX Runtime too.%n", model);
        }
        return 0;
    }

    private void atRate(Target server, String name, List<byte[]> requests, double perSecond)
            throws IOException, InterruptedException {
        int before = (int) Math.max(1, warmUp * perSecond);
        Load.atRate(server, requests, before, perSecond, CONNECTIONS);
        int count = (int) Math.max(1, seconds * perSecond);
        print(
                name + String.format(Locale.ROOT, ", %.0f a second", perSecond),
                Load.atRate(server, requests, count, perSecond, CONNECTIONS));
    }

    private Latencies atOnce(Target server, String name, List<byte[]> requests)
            throws IOException, InterruptedException {
        double perSecond = Load.asFastAsPossible(server, requests, 50, atOnce).rate();
        Latencies again = Load.asFastAsPossible(server, requests, (int) Math.max(1, perSecond * warmUp), atOnce);
        Latencies all = Load.asFastAsPossible(server, requests, (int) Math.max(1, again.rate() * seconds), atOnce);
        print(name + ", " + atOnce + " at once", all);
        return all;
    }

    private void print(String name, Latencies all) {
        results.printf(
                Locale.ROOT,
                "| %s | %,.0f | %,d | %.2f | %.2f | %.2f | %.2f | %.2f | %d |%n",
                name,
                all.rate(),
                all.millis().length,
                all.quantile(0.5),
                all.quantile(0.99),
                all.quantile(1),
                all.took(),
                all.processorMillis(),
                all.failed());
        results.flush();
    }

    private OnnxRows.Speed onnx(Path model, Questions questions, int block, int callers, int threads)
            throws OrtException, InterruptedException {
        Recommender recommender = Recommender.open(bundle);
        int items = recommender.catalogue().size();
        try (OnnxRows rows = new OnnxRows(model, threads, items, block)) {
            double difference = difference(rows, recommender, questions);
            rows.speed(questions, callers, warmUp / 3);
            OnnxRows.Speed found = rows.speed(questions, callers, seconds / 3);
            results.printf(
                    Locale.ROOT,
                    "| %,d | %s | %.1f | %.1f | %.0e |%n",
                    block,
                    callers > 1 ? callers + " calls at once" : threads + " threads of one call",
                    found.rate(),
                    found.processorMillis(),
                    difference);
            results.flush();
            return found;
        }
    }

    /** The largest one between the scores of both, of the items recommended to some users. */
    private double difference(OnnxRows rows, Recommender recommender, Questions questions) throws OrtException {
        double largest = 0;
        for (int i = 0; i < Math.min(5, questions.users().length); i++) {
            float[] scores =
                    rows.scores(questions.users()[i], questions.histories().get(i));
            String user = recommender.users().get(questions.users()[i]);
            for (Recommendations.Item item :
                    recommender.recommend(Request.ofUser(user).withK(k)).items()) {
                int number = recommender.catalogue().ids().indexOf(item.item());
                largest = Math.max(largest, Math.abs(scores[number] - item.score()));
            }
        }
        return largest;
    }
}
