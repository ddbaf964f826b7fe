// SPDX-License-Identifier: Apache-2.0
package org.sllmr.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
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

    @BeforeAll
    static void start(@TempDir Path folder) {
        ServerSettings settings =
                new ServerSettings("127.0.0.1", 0, java.util.Optional.empty(), 20_000, 1000, 1000, 2, 64);
        server = new ServerFixture(settings, ServerFixture.bundle(folder.resolve("one"), "one"));
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
    void getOnly400sAndNoStackTraces() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < COUNT; i++) {
            byte[] body = mutated(random);
            String path = PATHS.get(random.nextInt(PATHS.size()));
            String length =
                    random.nextInt(8) == 0 ? String.valueOf(random.nextInt(100_000)) : String.valueOf(body.length);
            String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: " + length + "\r\nConnection: close\r\n\r\n";
            if (random.nextInt(20) == 0) {
                byte[] bytes = head.getBytes(StandardCharsets.ISO_8859_1);
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                head = new String(bytes, StandardCharsets.ISO_8859_1);
            }
            byte[] headBytes = head.getBytes(StandardCharsets.ISO_8859_1);
            byte[] all = java.util.Arrays.copyOf(headBytes, headBytes.length + body.length);
            System.arraycopy(body, 0, all, headBytes.length, body.length);
            String reply = Sockets.send(server.server.port(), all);
            harmless(reply, "seed " + seed + ", request " + i + ": " + new String(all, StandardCharsets.ISO_8859_1));
        }
        Reply good = server.post("/recommend/one", BODIES.get(0));
        assertThat(good.status()).as("the server goes on").isEqualTo(200);
    }

    private static byte[] mutated(Random random) {
        StringBuilder text = new StringBuilder(BODIES.get(random.nextInt(BODIES.size())));
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
        int count = 80;
        java.net.Socket[] slow = new java.net.Socket[count];
        for (int i = 0; i < count; i++) {
            slow[i] = new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), server.server.port());
            slow[i].setSoTimeout(30_000);
            slow[i].getOutputStream()
                    .write(("POST /recommend/one HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: 500\r\n\r\n{\"user\":")
                            .getBytes(StandardCharsets.ISO_8859_1));
        }
        assertThat(server.post("/recommend/one", BODIES.get(0)).status()).isEqualTo(200);
        for (java.net.Socket socket : slow) {
            String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(reply).containsPattern("^HTTP/1.1 4|^$");
            harmless(reply, "slow");
            socket.close();
        }
    }
}
