// SPDX-License-Identifier: Apache-2.0
package org.sllmr.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.serving.ServerFixture.Reply;
import org.sllmr.serving.http.ServerSettings;

/** What no well-behaved client sends; {@code -Dsllmr.malformed=20000} sends as many. */
class MalformedRequestsTest {
    private static final int COUNT = Integer.getInteger("sllmr.malformed", 300);
    private static final List<String> BODIES = List.of(
            "{\"user\": \"u3\", \"k\": 7}",
            "{\"history\": [\"i4\", \"i9\"], \"explain\": true, \"allow\": {\"brand\": [\"brand1\"]}}",
            "{\"user\": \"u1\", \"candidates\": [\"i1\", \"new\"], \"newItems\": [{\"id\": \"new\","
                    + " \"fields\": {\"brand\": [\"x\"]}, \"numbers\": {\"price\": 1.5}, \"vectors\": {\"look\": [1,2,3,4,5]}}]}",
            "{\"id\": \"a\", \"inputs\": [{\"name\": \"item\", \"shape\": [1], \"datatype\": \"BYTES\", \"data\": [\"i1\"]},"
                    + " {\"name\": \"history\", \"shape\": [1, 2], \"datatype\": \"BYTES\", \"data\": [[\"i2\", \"\"]]}]}",
            "{\"user\": \"u3\", \"shares\": {\"brand\": 0.2}, \"context\": {\"numbers\": {\"wait\": 2}}}");
    /** Where each of them belongs. */
    private static final List<String> OWN_PATHS =
            List.of("/recommend/one", "/recommend/one", "/rank/one", "/v2/models/one/infer", "/recommend/one");

    private static final List<String> PIECES = List.of(
            "null",
            "-1",
            "1e999",
            "NaN",
            "[]",
            "{}",
            "\"\"",
            "99999999999999999999",
            "true",
            "[[[[",
            "\u0000",
            "\\u0000",
            "\"\\ud800\"",
            "0.1",
            "}",
            "{\"a\":1}",
            "\"id\"",
            "-0",
            "1e-400");
    private static final List<String> PATHS = List.of(
            "/recommend/one",
            "/rank/one",
            "/v2/models/one/infer",
            "/recommend/one?k=3",
            "/recommend/%00",
            "/rank/..%2f",
            "/recommend/one/",
            "/v2/models/one/versions/x/infer",
            "//recommend/one",
            "/items/%ff/similar");

    private static ServerFixture server;
    private static Path bundle;

    @BeforeAll
    static void start(@TempDir Path folder) {
        bundle = ServerFixture.bundle(folder.resolve("one"), "one");
        server = new ServerFixture(settings(60), bundle);
    }

    private static ServerSettings settings(int maxSeconds) {
        return new ServerSettings("127.0.0.1", 0, java.util.Optional.empty(), 20_000, 1000, 1000, maxSeconds, 64);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void harmless(String reply, String context) {
        assertThat(reply)
                .as(context)
                .doesNotContain(
                        "Exception",
                        "\tat ",
                        "at org.",
                        "at java.",
                        "Caused by",
                        "HTTP/1.1 500",
                        "HTTP/1.1 501",
                        "HTTP/1.1 502",
                        "HTTP/1.1 503",
                        "HTTP/1.1 504");
    }

    @Test
    @Timeout(600)
    void getOnly400sAndNoStackTraces() throws Exception {
        long seed = Long.getLong("sllmr.seed", 1);
        Random random = new Random(seed);
        Map<String, Integer> statuses = new TreeMap<>();
        // The good one and one of each kind of bad ones, whatever is drawn.
        for (String request : List.of(
                request("/recommend/one", "application/json", BODIES.get(0)),
                request("/recommend/one", "application/json", "{"),
                request("/recommend/none", "application/json", BODIES.get(0)),
                request("/recommend/one", "text/plain", BODIES.get(0)))) {
            statuses.put(Sockets.send(server.server.port(), request).substring(9, 12), 1);
        }
        assertThat(statuses).containsOnlyKeys("200", "400", "404", "415");
        for (int i = 0; i < COUNT; i++) {
            byte[] request = request(random);
            String about = "seed " + seed + ", request " + i + ": " + new String(request, StandardCharsets.ISO_8859_1);
            int port = server.server.port();
            int way = random.nextInt(40);
            String reply;
            if (way < 3) {
                Sockets.cut(port, request, random.nextInt(request.length + 1), way == 0);
                reply = "";
            } else if (way == 3) {
                reply = Sockets.sendSlowly(port, request, Math.max(1, request.length / 20));
            } else {
                reply = Sockets.send(port, request);
            }
            harmless(reply, about);
            reply = reply.replaceFirst("^HTTP/1.1 100 Continue\r\n\r\n", "");
            // What was changed may be a good request still.
            assertThat(reply).as(about).containsPattern("^$|^HTTP/1.1 (200|4\\d\\d) ");
            statuses.merge(reply.isEmpty() ? "closed" : reply.substring(9, 12), 1, Integer::sum);
        }
        System.out.println("replies to " + COUNT + " requests: " + statuses);
        Reply good = server.post("/recommend/one", BODIES.get(0));
        assertThat(good.status()).as("the server goes on").isEqualTo(200);
        String version = Sockets.send(server.server.port(), "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n");
        assertThat(version).startsWith("HTTP/1.1 400").contains("{\"error\":\"the head of the request cannot be read");
        // A request whose client has cut the connection may be worked on a little longer.
        String metrics = server.get("/metrics").body();
        while (!metrics.contains("sllmr_requests_under_way 0.0")) {
            Thread.sleep(20);
            metrics = server.get("/metrics").body();
        }
        assertThat(metrics).doesNotContain("status=\"5");
    }

    private static String request(String path, String type, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type + "\r\nContent-Length: "
                + body.length() + "\r\nConnection: close\r\n\r\n" + body;
    }

    /** A request whose body, head or both are not as they should be. */
    private static byte[] request(Random random) {
        int kind = random.nextInt(BODIES.size());
        byte[] body = mutated(BODIES.get(kind), random);
        String path = random.nextBoolean() ? OWN_PATHS.get(kind) : PATHS.get(random.nextInt(PATHS.size()));
        String type = "application/json";
        String more = "";
        switch (random.nextInt(25)) {
            case 0 -> body = new String(body, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16);
            case 1 -> {
                body = new String(body, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16LE);
                type = "application/json; charset=utf-16le";
            }
            case 2 ->
                type = List.of("", "text/plain", "application/json; charset=none", "application/jsonx", "*/*")
                        .get(random.nextInt(5));
            case 3 -> more = "Content-Encoding: gzip\r\n";
            case 4 -> more = "Expect: 100-continue\r\n";
            case 5 -> more = "X-Long: " + "x".repeat(random.nextInt(20_000)) + "\r\n";
            default -> {}
        }
        String length = "Content-Length: "
                + switch (random.nextInt(20)) {
                    case 0, 1 -> random.nextInt(100_000);
                    case 2 ->
                        List.of("-1", "99999999999999999999", "1e3", "", "5, 6", "0x10")
                                .get(random.nextInt(6));
                    default -> body.length;
                }
                + "\r\n";
        if (random.nextInt(15) == 0) {
            length = "Transfer-Encoding: chunked\r\n";
            String size = List.of(Integer.toHexString(body.length), "ffffffffffffffff", "-5", "zz", "3")
                    .get(random.nextInt(5));
            body = joined(
                    (size + "\r\n").getBytes(StandardCharsets.ISO_8859_1),
                    joined(body, "\r\n0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1)));
        }
        String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\n"
                + (type.isEmpty() ? "" : "Content-Type: " + type + "\r\n") + more + length
                + "Connection: close\r\n\r\n";
        byte[] bytes = head.getBytes(StandardCharsets.ISO_8859_1);
        if (random.nextInt(20) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return joined(bytes, body);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private static byte[] mutated(String body, Random random) {
        StringBuilder text = new StringBuilder(body);
        int changes = random.nextInt(5);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + random.nextInt(12));
            switch (random.nextInt(4)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                case 2 -> text.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
                default -> text.insert(at, text.substring(at, end).repeat(random.nextInt(50)));
            }
        }
        if (random.nextInt(30) == 0) {
            text.append("[".repeat(random.nextInt(30_000)));
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && random.nextInt(5) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    @Test
    void deeplyNestedBodiesAreRefused() throws Exception {
        for (String open : List.of("[", "{\"a\":")) {
            Reply reply = server.post("/recommend/one", open.repeat(3_000));
            assertThat(reply.status()).isEqualTo(400);
            harmless(reply.body(), open);
        }
    }

    /** Clients that send half a body and wait hold up nobody, and are sent away. */
    @Test
    void slowBodiesAreGivenUp() throws Exception {
        try (ServerFixture quick = new ServerFixture(settings(2), bundle)) {
            slowBodiesAreGivenUp(quick);
        }
    }

    /** A client that sends a byte now and then is never idle, and would keep a thread for as long as it likes. */
    @Test
    void bodiesThatComeByteByByteAreGivenUp() throws Exception {
        try (ServerFixture quick = new ServerFixture(settings(2), bundle);
                java.net.Socket socket =
                        new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), quick.server.port())) {
            socket.setSoTimeout(120_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST /recommend/one HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 500\r\n\r\n{")
                    .getBytes(StandardCharsets.ISO_8859_1));
            int sent = 0;
            while (socket.getInputStream().available() == 0 && sent < 400) {
                out.write(' ');
                out.flush();
                sent++;
                Thread.sleep(100);
            }
            assertThat(sent).as("bytes before the reply, ten a second").isLessThan(400);
            byte[] reply = socket.getInputStream().readNBytes(20);
            assertThat(new String(reply, StandardCharsets.ISO_8859_1)).startsWith("HTTP/1.1 408");
        }
    }

    private static void slowBodiesAreGivenUp(ServerFixture quick) throws Exception {
        int count = 80;
        java.net.Socket[] slow = new java.net.Socket[count];
        for (int i = 0; i < count; i++) {
            slow[i] = new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), quick.server.port());
            slow[i].setSoTimeout(120_000);
            slow[i].getOutputStream()
                    .write(("POST /recommend/one HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: 500\r\n\r\n{\"user\":")
                            .getBytes(StandardCharsets.ISO_8859_1));
        }
        assertThat(quick.post("/recommend/one", BODIES.get(0)).status()).isEqualTo(200);
        for (java.net.Socket socket : slow) {
            String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(reply).containsPattern("^HTTP/1.1 4|^$");
            harmless(reply, "slow");
            socket.close();
        }
    }
}
