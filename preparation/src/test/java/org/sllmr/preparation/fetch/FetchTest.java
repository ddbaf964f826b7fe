// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.ProgressListener;

/** Downloads from a local server with all kinds of failures. */
class FetchTest {
    private static final DownloadSettings SETTINGS =
            new DownloadSettings(3, Duration.ofMillis(1), Duration.ofSeconds(30));
    private static final AmazonDataset BEAUTY = AmazonDataset.BEAUTY;

    private final byte[] content = new byte[300_000];
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @TempDir
    Path folder;

    private HttpServer server;

    /** The server's answer to a request; attempts count from 0. */
    private interface Behaviour {
        void answer(HttpExchange exchange, int attempt, long from) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        new Random(5).nextBytes(content);
        // Or each answer waits 40 ms for the acknowledgement of its own header.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void bothFilesAreDownloaded() throws IOException {
        serve(this::whole);
        List<Long> seen = new ArrayList<>();

        fetch((stage, done, total) -> {
            seen.add(done);
            assertThat(total).isEqualTo(content.length);
        });

        assertThat(folder.resolve(BEAUTY.reviews())).hasBinaryContent(content);
        assertThat(folder.resolve(BEAUTY.metadata())).hasBinaryContent(content);
        assertThat(seen).contains((long) content.length);
        assertOnlyWholeFiles();
    }

    @Test
    void existingFilesAreKept() throws IOException {
        serve(this::whole);
        Files.writeString(folder.resolve(BEAUTY.reviews()), "mine");

        fetch(ProgressListener.NONE);

        assertThat(folder.resolve(BEAUTY.reviews())).hasContent("mine");
        assertThat(requests).hasSize(1);
    }

    @Test
    void aCutConnectionIsResumed() throws IOException {
        serve((exchange, attempt, from) -> {
            if (attempt < 6) {
                partial(exchange, from, 40_000);
            } else {
                range(exchange, from);
            }
        });

        fetch(ProgressListener.NONE);

        assertThat(folder.resolve(BEAUTY.reviews())).hasBinaryContent(content);
        assertThat(requests.get(0)).endsWith("null");
        assertThat(requests.get(1)).contains("bytes=");
    }

    @Test
    void aLaterRunResumesAnEarlierOne() throws IOException {
        serve((exchange, attempt, from) -> range(exchange, from));
        Files.write(folder.resolve(BEAUTY.reviews() + ".part"), Arrays.copyOf(content, 100_000));

        fetch(ProgressListener.NONE);

        assertThat(folder.resolve(BEAUTY.reviews())).hasBinaryContent(content);
        assertThat(requests.get(0)).endsWith("bytes=100000-");
    }

    @Test
    void aServerWithoutRangesIsReadFromTheBeginning() throws IOException {
        serve(this::whole);
        Files.write(folder.resolve(BEAUTY.reviews() + ".part"), new byte[100_000]);

        fetch(ProgressListener.NONE);

        assertThat(folder.resolve(BEAUTY.reviews())).hasBinaryContent(content);
    }

    @Test
    void aPartialFileThatIsTooLongIsDiscarded() throws IOException {
        serve((exchange, attempt, from) -> {
            if (from >= content.length) {
                exchange.sendResponseHeaders(416, -1);
            } else {
                range(exchange, from);
            }
        });
        Files.write(folder.resolve(BEAUTY.reviews() + ".part"), new byte[content.length + 10]);

        fetch(ProgressListener.NONE);

        assertThat(folder.resolve(BEAUTY.reviews())).hasBinaryContent(content);
    }

    @Test
    void aWrongRangeIsNotUsed() throws IOException {
        serve((exchange, attempt, from) -> range(exchange, attempt == 0 ? 0 : from));
        Files.write(folder.resolve(BEAUTY.reviews() + ".part"), Arrays.copyOf(content, 1000));

        fetch(ProgressListener.NONE);

        assertThat(folder.resolve(BEAUTY.reviews())).hasBinaryContent(content);
    }

    @Test
    void aBusyServerIsRetried() throws IOException {
        serve((exchange, attempt, from) -> {
            if (attempt < 2) {
                exchange.sendResponseHeaders(attempt == 0 ? 503 : 429, -1);
            } else {
                whole(exchange, attempt, from);
            }
        });

        fetch(ProgressListener.NONE);

        assertThat(folder.resolve(BEAUTY.reviews())).hasBinaryContent(content);
    }

    @Test
    void aServerThatStaysBusyIsAnError() {
        serve((exchange, attempt, from) -> exchange.sendResponseHeaders(500, -1));

        assertThatThrownBy(() -> fetch(ProgressListener.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(BEAUTY.reviews())
                .hasMessageContaining("500")
                .hasMessageContaining("run again");
        assertThat(requests).hasSize(3);
    }

    @Test
    void aMissingFileIsNotRetried() {
        serve((exchange, attempt, from) -> exchange.sendResponseHeaders(404, -1));

        assertThatThrownBy(() -> fetch(ProgressListener.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("404")
                .hasMessageContaining("check the address");
        assertThat(requests).hasSize(1);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aConnectionThatIsAlwaysCutAtTheSamePlaceIsAnError() throws IOException {
        serve((exchange, attempt, from) -> partial(exchange, from, from == 0 ? 5000 : 0));

        assertThatThrownBy(() -> fetch(ProgressListener.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("5000 bytes are kept");
        assertThat(folder.resolve(BEAUTY.reviews() + ".part")).hasSize(5000);
        assertThat(folder.resolve(BEAUTY.reviews())).doesNotExist();
    }

    @Test
    void aSilentServerIsAnError() {
        serve((exchange, attempt, from) -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().flush();
            waitForTheEnd();
        });
        DownloadSettings impatient = new DownloadSettings(3, Duration.ofMillis(1), Duration.ofMillis(100));

        assertThatThrownBy(() -> Fetch.download(BEAUTY, address(), folder, impatient, ProgressListener.NONE))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void anUnreachableServerIsNamed() {
        URI address = address();
        server.stop(0);

        assertThatThrownBy(() -> Fetch.download(BEAUTY, address, folder, SETTINGS, ProgressListener.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(address.toString());
    }

    @Test
    void filesCanBeCopiedFromAFolder(@TempDir Path source) throws IOException {
        assertThatThrownBy(() -> Fetch.copy(BEAUTY, source, folder, ProgressListener.NONE))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.problems()).hasSize(2));
        for (String name : BEAUTY.files()) {
            Files.write(source.resolve(name), content);
        }

        Fetch.copy(BEAUTY, source, folder, ProgressListener.NONE);

        assertThat(folder.resolve(BEAUTY.metadata())).hasBinaryContent(content);
        assertOnlyWholeFiles();
    }

    @Test
    void anUnknownDatasetIsRefusedWithTheKnownOnes() {
        assertThat(AmazonDataset.ofId("amazon-toys")).isEqualTo(AmazonDataset.TOYS);
        assertThatThrownBy(() -> AmazonDataset.ofId("amazon-books"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("amazon-beauty, amazon-sports, amazon-toys");
    }

    private void fetch(ProgressListener listener) {
        Fetch.download(BEAUTY, address(), folder, SETTINGS, listener);
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/files");
    }

    private void serve(Behaviour behaviour) {
        server.createContext("/files/", exchange -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            int attempt = requests.size();
            requests.add(exchange.getRequestURI() + " " + range);
            long from = range == null ? 0 : Long.parseLong(range.substring("bytes=".length(), range.length() - 1));
            try (exchange) {
                behaviour.answer(exchange, attempt, from);
            }
        });
    }

    private void whole(HttpExchange exchange, int attempt, long from) throws IOException {
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content);
    }

    private void range(HttpExchange exchange, long from) throws IOException {
        int length = content.length - (int) from;
        header(exchange, from);
        exchange.sendResponseHeaders(206, length);
        exchange.getResponseBody().write(content, (int) from, length);
    }

    /** Announces the rest of the file, sends a part of it, and cuts the connection. */
    private void partial(HttpExchange exchange, long from, int length) throws IOException {
        header(exchange, from);
        exchange.sendResponseHeaders(from == 0 ? 200 : 206, content.length - from);
        OutputStream body = exchange.getResponseBody();
        body.write(content, (int) from, (int) Math.min(length, content.length - from));
        body.flush();
    }

    private void header(HttpExchange exchange, long from) {
        exchange.getResponseHeaders()
                .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
    }

    private void assertOnlyWholeFiles() throws IOException {
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }

    private static void waitForTheEnd() {
        try {
            Thread.sleep(60_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
