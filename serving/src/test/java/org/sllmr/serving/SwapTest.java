// SPDX-License-Identifier: Apache-2.0
package org.sllmr.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.bundle.Recommender;
import org.sllmr.bundle.format.HistoryForm;
import org.sllmr.serving.http.Models;
import org.sllmr.serving.http.ServerSettings;

/** {@code -Dsllmr.swap.requests=200000 -Dsllmr.swaps=50 -Dsllmr.swap.clients=48} sends and swaps as many. */
class SwapTest {
    private static final String BODY = "{\"user\": \"u3\", \"k\": 5}";
    private static final int REQUESTS = Integer.getInteger("sllmr.swap.requests", 400);
    private static final int SWAPS = Integer.getInteger("sllmr.swaps", 8);
    private static final int CLIENTS = Integer.getInteger("sllmr.swap.clients", 8);
    private static final double MEBIBYTE = 1 << 20;
    private static final List<Question> QUESTIONS = List.of(
            new Question("/recommend/a", BODY, "\"items\""),
            new Question("/recommend/a", "{\"history\": [\"i4\", \"i9\"], \"explain\": true}", "\"items\""),
            new Question("/rank/a", "{\"user\": \"u2\", \"candidates\": [\"i1\", \"i2\", \"i250\"]}", "\"items\""),
            new Question(
                    "/v2/models/a/infer",
                    "{\"inputs\": [{\"name\": \"item\", \"shape\": [2], \"datatype\": \"BYTES\", \"data\": [\"i1\", \"i2\"]},"
                            + " {\"name\": \"user\", \"shape\": [2], \"datatype\": \"BYTES\", \"data\": [\"u1\", \"u7\"]}]}",
                    "\"outputs\""),
            new Question("/items/i5/similar?k=4", "", "\"items\""));

    @TempDir
    Path folder;

    private void link(Path link, Path bundle) throws Exception {
        Path beside = folder.resolve("beside");
        Files.createSymbolicLink(beside, bundle);
        Files.move(beside, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Nothing of a bundle stays in memory once another one is in its place and its requests are answered. */
    @Test
    void noRequestFailsAndNothingStaysWhileBundlesAreSwapped() throws Exception {
        // Different contents, equal answers.
        Path one = ServerFixture.FIXTURE.write(folder.resolve("one"), "a", HistoryForm.PLAIN, false);
        Path two = ServerFixture.FIXTURE.write(folder.resolve("two"), "b", HistoryForm.PLAIN, false);
        Path current = folder.resolve("current");
        link(current, one);
        try (ServerFixture server = new ServerFixture(ServerSettings.defaults(), current)) {
            List<String> expected = new ArrayList<>();
            try (Sockets.Kept connection = new Sockets.Kept(server.server.port())) {
                for (Question question : QUESTIONS) {
                    expected.add(question.answer(connection));
                }
            }
            AtomicBoolean stop = new AtomicBoolean();
            AtomicInteger answered = new AtomicInteger();
            ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
            List<Future<Boolean>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int first = i;
                clients.add(threads.submit(() -> {
                    try (Sockets.Kept connection = new Sockets.Kept(server.server.port())) {
                        for (int number = first; !stop.get(); number++) {
                            int at = number % QUESTIONS.size();
                            assertThat(QUESTIONS.get(at).answer(connection)).isEqualTo(expected.get(at));
                            answered.incrementAndGet();
                        }
                    }
                    return true;
                }));
            }
            List<WeakReference<Recommender>> replaced = new ArrayList<>();
            Set<String> versions = new TreeSet<>();
            long early = 0;
            long late = 0;
            for (int swap = 0; swap < SWAPS; swap++) {
                Models.Served before = server.models.find("a").orElseThrow();
                replaced.add(new WeakReference<>(before.recommender()));
                versions.add(before.version());
                link(current, swap % 2 == 0 ? two : one);
                assertThat(server.models.refresh()).isEmpty();
                assertThat(server.models.find("a").orElseThrow().version()).isNotEqualTo(before.version());
                long due = (long) REQUESTS * (swap + 1) / SWAPS;
                while (answered.get() < due && clients.stream().noneMatch(Future::isDone)) {
                    Thread.sleep(2);
                }
                if (swap == SWAPS / 5) {
                    early = live();
                }
            }
            late = live();
            stop.set(true);
            for (Future<Boolean> client : clients) {
                assertThat(client.get()).isTrue();
            }
            threads.shutdown();
            System.out.printf(
                    "%,d requests, %d swaps: %.1f MiB live after %d of them, %.1f MiB at the end%n",
                    answered.get(), SWAPS, early / MEBIBYTE, SWAPS / 5 + 1, late / MEBIBYTE);
            assertThat(versions).hasSize(2);
            assertThat((late - early) / MEBIBYTE).isLessThan(32);
            live();
            assertThat(replaced).as("bundles that were replaced").allMatch(gone -> gone.get() == null);
        }
    }

    /** A question, and what of its answer is the same with both bundles. */
    private record Question(String path, String body, String from) {
        private String answer(Sockets.Kept connection) throws IOException {
            String reply = connection.send(path, body);
            assertThat(reply).startsWith("200 ");
            return reply.substring(reply.indexOf(from));
        }
    }

    /** Bytes of the heap that are in use. */
    private static long live() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(20);
            Runtime java = Runtime.getRuntime();
            least = Math.min(least, java.totalMemory() - java.freeMemory());
        }
        return least;
    }

    private static String items(String body) {
        return body.substring(body.indexOf("\"items\""));
    }

    @Test
    void aBrokenBundleChangesNothing() throws Exception {
        Path one = ServerFixture.bundle(folder.resolve("one"), "a");
        Path broken = ServerFixture.bundle(folder.resolve("broken"), "broken");
        byte[] model = Files.readAllBytes(broken.resolve("model"));
        model[model.length / 2] ^= 1;
        Files.write(broken.resolve("model"), model);
        Path current = folder.resolve("current");
        link(current, one);
        try (ServerFixture server = new ServerFixture(ServerSettings.defaults(), current)) {
            String version =
                    server.post("/recommend/a", BODY).json().path("version").asString();
            // A copy of what is served, with the same list of checksums.
            Path damaged = ServerFixture.bundle(folder.resolve("damaged"), "a");
            Files.write(damaged.resolve("model"), model);
            link(current, damaged);
            assertThat(server.models.refresh())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem).hasMessageContaining("model"));
            link(current, broken);
            assertThat(server.models.refresh())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem).hasMessageContaining("model"));
            Files.delete(current);
            server.models.refresh();
            assertThat(server.post("/recommend/a", BODY).json().path("version").asString())
                    .isEqualTo(version);
            // A good one at the same place is taken by the server itself.
            link(current, ServerFixture.bundle(folder.resolve("good"), "good"));
            long end = System.nanoTime() + 60_000_000_000L;
            while (server.post("/recommend/a", BODY)
                    .json()
                    .path("version")
                    .asString()
                    .equals(version)) {
                assertThat(System.nanoTime()).isLessThan(end);
                Thread.sleep(50);
            }
        }
    }

    @Test
    void aPlaceThatStaysWithoutABundleIsTold() throws Exception {
        Path one = ServerFixture.bundle(folder.resolve("one"), "a");
        Path current = folder.resolve("current");
        link(current, one);
        Models models = Models.open(List.of(new Models.Source(Optional.empty(), current)));
        String version = models.find("a").orElseThrow().version();
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("manifest.json"), "{}");
        for (Path wrong : List.of(other, folder.resolve("nowhere"))) {
            link(current, wrong);
            assertThat(models.refresh())
                    .as("one bundle may just be giving way to another")
                    .isEmpty();
            for (int look = 0; look < 2; look++) {
                assertThat(models.refresh())
                        .singleElement()
                        .satisfies(problem -> assertThat(problem)
                                .hasMessageContaining("current: is neither a zip nor a folder with checksums.sha256"));
            }
            assertThat(models.find("a").orElseThrow().version()).isEqualTo(version);
            link(current, one);
            assertThat(models.refresh()).isEmpty();
        }
    }

    @Test
    @Timeout(600)
    void requestsUnderWayAreFinishedBeforeTheServerStops() throws Exception {
        Path one = ServerFixture.bundle(folder.resolve("one"), "a");
        ServerFixture server = new ServerFixture(ServerSettings.defaults(), one);
        String body = "{\"user\": \"u3\", \"k\": 40, \"explain\": true}";
        int count = 12;
        ExecutorService threads = Executors.newFixedThreadPool(count);
        List<Future<String>> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sent.add(threads.submit(() -> {
                try (Sockets.Kept connection = new Sockets.Kept(server.server.port())) {
                    return connection.send("/recommend/a", body);
                }
            }));
        }
        while (begun(server.get("/metrics").body()) < count) {
            Thread.sleep(1);
        }
        server.close();
        for (Future<String> reply : sent) {
            assertThat(reply.get()).startsWith("200 ").endsWith("}");
        }
        threads.shutdown();
    }

    /** Requests for recommendations that are answered or under way. */
    private static int begun(String metrics) {
        Matcher number = Pattern.compile(
                        "(?m)^sllmr_requests_(?:total\\{[^\\n]*operation=\"recommend\"[^\\n]*|under_way) ([0-9.]+)$")
                .matcher(metrics);
        return number.results()
                .mapToInt(found -> (int) Double.parseDouble(found.group(1)))
                .sum();
    }
}
