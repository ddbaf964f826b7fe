// SPDX-License-Identifier: Apache-2.0
package org.sllmr.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.bundle.format.HistoryForm;
import org.sllmr.serving.http.ServerSettings;

class SwapTest {
    private static final String BODY = "{\"user\": \"u3\", \"k\": 5}";

    @TempDir
    Path folder;

    private void link(Path link, Path bundle) throws Exception {
        Path beside = folder.resolve("beside");
        Files.createSymbolicLink(beside, bundle);
        Files.move(beside, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void noRequestFailsWhileBundlesAreSwapped() throws Exception {
        // Different contents, equal answers.
        Path one = ServerFixture.FIXTURE.write(folder.resolve("one"), "a", HistoryForm.PLAIN, false);
        Path two = ServerFixture.FIXTURE.write(folder.resolve("two"), "b", HistoryForm.PLAIN, false);
        Path current = folder.resolve("current");
        link(current, one);
        try (ServerFixture server = new ServerFixture(ServerSettings.defaults(), current)) {
            String expected = items(server.post("/recommend/a", BODY).body());
            AtomicBoolean stop = new AtomicBoolean();
            AtomicInteger answered = new AtomicInteger();
            Set<String> versions = ConcurrentHashMap.newKeySet();
            ExecutorService threads = Executors.newFixedThreadPool(3);
            List<Future<Boolean>> clients = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                clients.add(threads.submit(() -> {
                    while (!stop.get()) {
                        ServerFixture.Reply reply = server.post("/recommend/a", BODY);
                        assertThat(reply.status()).isEqualTo(200);
                        assertThat(items(reply.body())).isEqualTo(expected);
                        versions.add(reply.json().path("version").asString());
                        answered.incrementAndGet();
                    }
                    return true;
                }));
            }
            for (int swap = 0; swap < 8; swap++) {
                link(current, swap % 2 == 0 ? two : one);
                assertThat(server.models.refresh()).isEmpty();
                int before = answered.get();
                while (answered.get() < before + 5) {
                    Thread.sleep(2);
                }
            }
            stop.set(true);
            for (Future<Boolean> client : clients) {
                assertThat(client.get()).isTrue();
            }
            threads.shutdown();
            assertThat(versions).hasSize(2);
        }
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
            link(current, broken);
            assertThat(server.models.refresh())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem).hasMessageContaining("model"));
            Files.delete(current);
            assertThat(server.models.refresh()).as("a bundle that is away").isEmpty();
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
    void requestsUnderWayAreFinishedBeforeTheServerStops() throws Exception {
        Path one = ServerFixture.bundle(folder.resolve("one"), "a");
        ServerFixture server = new ServerFixture(ServerSettings.defaults(), one);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        AtomicInteger failed = new AtomicInteger();
        List<Future<?>> sent = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            sent.add(threads.submit(() -> {
                ServerFixture.Reply reply =
                        server.post("/recommend/a", "{\"user\": \"u3\", \"k\": 200, \"explain\": true}");
                if (reply.status() != 200) {
                    failed.incrementAndGet();
                }
                return null;
            }));
        }
        while (!server.get("/metrics").body().matches("(?s).*sllmr_requests_total\\{[^\\n]*recommend.*")) {
            Thread.sleep(1);
        }
        server.close();
        for (Future<?> one2 : sent) {
            try {
                one2.get();
            } catch (java.util.concurrent.ExecutionException e) {
                // One that had not connected before.
                assertThat(e.getCause()).isInstanceOf(java.io.IOException.class);
            }
        }
        assertThat(failed).hasValue(0);
        threads.shutdown();
    }
}
