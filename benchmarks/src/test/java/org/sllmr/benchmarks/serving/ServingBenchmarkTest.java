// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.benchmarks.SmallDataset;
import org.sllmr.benchmarks.workload.PublishedSettings;
import org.sllmr.bundle.format.BundleSource;
import org.sllmr.bundle.format.BundleWriter;
import org.sllmr.bundle.format.HistoryForm;
import org.sllmr.bundle.format.Manifest;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Popularity;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.store.Dataset;
import org.sllmr.model.Model;
import org.sllmr.model.optimizer.OptimizerSettings.TableUpdates;
import org.sllmr.onnx.OnnxFile;
import org.sllmr.onnx.OnnxSource;
import picocli.CommandLine;

class ServingBenchmarkTest {
    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static Dataset dataset;

    @BeforeAll
    static void prepare() throws IOException {
        dataset = SmallDataset.in(shared);
    }

    private Path bundle(HistoryForm form) throws IOException {
        TrainingData data = dataset.trainingData();
        Model model =
                new PublishedSettings("dcnv2").model(TableUpdates.DENSE, true).create(data, new Seed(1));
        Path place = folder.resolve("bundle");
        BundleWriter.write(
                place,
                new BundleSource(
                        "small",
                        new Manifest.RunOrigin("c", 1, data.name(), data.hash(), "DCNv2", "none", "now"),
                        data,
                        model,
                        dataset.allInteractions(),
                        Popularity.of(data),
                        form),
                false);
        OnnxFile.write(
                place,
                new OnnxSource(
                        model,
                        data.userIds().values(),
                        Optional.empty(),
                        data.catalogue().ids().values(),
                        Map.of()));
        return place;
    }

    private static String run(Path bundle, int expected) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        CommandLine command =
                new CommandLine(new ServingBenchmark(new PrintStream(text, true, StandardCharsets.UTF_8)));
        StringBuilder failure = new StringBuilder();
        command.setExecutionExceptionHandler((e, line, parsed) -> {
            failure.append(e.getMessage());
            return 1;
        });
        int code = command.execute(bundle.toString(), "--seconds=0.1", "--warm-up=0.03", "--candidates=20", "--k=5");
        assertThat(code).as(failure.toString()).isEqualTo(expected);
        return text + failure.toString();
    }

    @Test
    void everyRowIsMeasuredAndNoRequestFails() throws IOException {
        String text = run(bundle(HistoryForm.PLAIN), 0);
        assertThat(text)
                .contains("| top 5, 60 a second |", "| 20 candidates, 500 a second |", "| top 5, 4 at once |")
                .contains("threads of one call |", "times as many requests");
        assertThat(text.lines().filter(line -> line.startsWith("| top 5") || line.startsWith("| 20 candidates")))
                .hasSize(4)
                .allMatch(line -> line.endsWith("| 0 |"));
    }

    @Test
    void aBundleWithoutIdsIsRefused() throws IOException {
        assertThat(run(bundle(HistoryForm.HASHED), 1)).contains("--histories plain");
    }

    /** A single thread that needs 20 ms for each request can answer 50 a second; asked 200 a second, it falls behind. */
    @Test
    void latencyIsCountedFromTheInstantAtWhichARequestIsDue() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        AtomicInteger answered = new AtomicInteger();
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            byte[] body = "{\"took\":20.5}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answered.incrementAndGet() % 2 == 0 ? 200 : 503, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            Latencies all = Load.atRate(
                    new Local(server.getAddress().getPort()), List.of(HttpConnection.request("/x", "{}")), 40, 200, 4);
            assertThat(answered).hasValue(40);
            assertThat(all.failed()).isEqualTo(20);
            assertThat(all.took()).isEqualTo(20.5);
            // The last one is due after 195 ms and answered after 800 at the earliest.
            assertThat(all.quantile(1)).isGreaterThan(600);
            assertThat(all.quantile(0.5)).isGreaterThan(300);
            assertThat(all.seconds()).isGreaterThan(0.8);
        } finally {
            server.stop(0);
        }
    }

    private record Local(int port) implements Target {
        @Override
        public Duration processorTime() {
            return Duration.ZERO;
        }
    }

    @Test
    void quantilesAreThoseOfTheSortedValues() {
        Latencies four = new Latencies(new double[] {1, 2, 3, 4}, 0, 2, 0, 0);
        assertThat(four.quantile(0.5)).isEqualTo(2);
        assertThat(four.quantile(0.99)).isEqualTo(4);
        assertThat(four.quantile(0)).isEqualTo(1);
        assertThat(four.rate()).isEqualTo(2);
    }

    @Test
    void aServerThatDoesNotStartIsSaidToBeSo() {
        assertThatThrownBy(() -> ServerProcess.start(folder.resolve("none")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("cannot be served");
    }
}
