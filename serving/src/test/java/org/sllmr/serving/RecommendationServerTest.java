// SPDX-License-Identifier: Apache-2.0
package org.sllmr.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sllmr.bundle.Recommendations;
import org.sllmr.bundle.Recommender;
import org.sllmr.bundle.Request;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.serving.ServerFixture.Reply;
import org.sllmr.serving.http.Models;
import org.sllmr.serving.http.RecommendationServer;
import org.sllmr.serving.http.ServerSettings;
import tools.jackson.databind.JsonNode;

class RecommendationServerTest {
    private static ServerFixture server;
    private static Recommender recommender;

    @BeforeAll
    static void start(@TempDir Path folder) {
        Path bundle = ServerFixture.bundle(folder.resolve("one"), "one");
        server = new ServerFixture(
                ServerSettings.defaults(), bundle, ServerFixture.bundle(folder.resolve("two"), "two"));
        recommender = Recommender.open(bundle);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String item(int number) {
        return recommender.catalogue().ids().value(number);
    }

    private static void same(JsonNode reply, Recommendations expected) {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < expected.items().size(); i++) {
            JsonNode item = reply.path("items").get(i);
            items.add(item.path("item").asString());
            assertThat(Float.parseFloat(item.path("score").toString()))
                    .isEqualTo(expected.items().get(i).score());
        }
        assertThat(reply.path("items").size()).isEqualTo(expected.items().size());
        assertThat(items)
                .isEqualTo(expected.items().stream()
                        .map(Recommendations.Item::item)
                        .toList());
    }

    @Test
    void recommendsAsTheLibrary() throws Exception {
        Reply reply = server.post("/recommend/one", "{\"user\": \"u3\", \"k\": 7}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("took").asDouble()).isPositive();
        assertThat(reply.json().path("basis").path("userKnown").asBoolean()).isTrue();
        same(reply.json(), recommender.recommend(Request.ofUser("u3").withK(7)));
        String history = "[\"" + item(4) + "\", \"" + item(9) + "\"]";
        Reply other =
                server.post("/recommend/two", "{\"history\": " + history + ", \"explain\": true, \"details\": true}");
        same(other.json(), recommender.recommend(Request.ofHistory(List.of(item(4), item(9)))));
        JsonNode first = other.json().path("items").get(0);
        assertThat(first.path("details").path("texts").has("title")).isTrue();
        assertThat(first.path("reasons").isArray()).isTrue();
        assertThat(first.path("longTail").isBoolean()).isTrue();
    }

    @Test
    void ranksCandidatesAndNewItems() throws Exception {
        Reply reply = server.post("/rank/one", """
                {"user": "u2", "candidates": ["%s", "%s", "new", "gone"],
                 "newItems": [{"id": "new", "fields": {"brand": ["brand1"]}, "numbers": {"price": 3.5}}],
                 "context": {"fields": {"hour": ["hour3"]}}}
                """.formatted(item(1), item(2)));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().path("items").size()).isEqualTo(3);
        assertThat(reply.json().path("basis").path("unknownItems").get(0).asString())
                .isEqualTo("gone");
        assertThat(server.post("/rank/one", "{\"user\": \"u2\"}").status()).isEqualTo(400);
        String three = "{\"user\": \"u2\", \"candidates\": [\"%s\", \"%s\", \"%s\"], \"k\": %d}";
        JsonNode all = server.post("/rank/one", three.formatted(item(1), item(2), item(3), 3))
                .json();
        JsonNode two = server.post("/rank/one", three.formatted(item(1), item(2), item(3), 2))
                .json();
        assertThat(two.path("items").size()).isEqualTo(2);
        assertThat(two.path("items").get(1)).isEqualTo(all.path("items").get(1));
        assertThat(server.post("/rank/one", three.formatted(item(1), item(2), item(3), 100_000))
                        .body())
                .contains("k is 100000");
    }

    @Test
    void similarItemsAreThoseOfTheLibrary() throws Exception {
        Reply reply = server.get("/items/" + item(5) + "/similar?k=4&model=two");
        same(reply.json(), recommender.similar(item(5), 4));
        assertThat(server.get("/items/none/similar").status()).isEqualTo(404);
        Reply wrong = server.get("/items/" + item(5) + "/similar?k=x");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body()).contains("k is 'x', a whole number is needed");
    }

    @Test
    void noAnswerIsLongerThanTheServerAllowsWhetherARequestSaysKOrNot(@TempDir Path folder) throws Exception {
        Path bundle = ServerFixture.bundle(folder.resolve("one"), "one");
        ServerSettings settings = new ServerSettings("127.0.0.1", 0, Optional.empty(), 1_000_000, 3, 10_000, 10, 64);
        try (ServerFixture short3 = new ServerFixture(settings, bundle)) {
            String ids = IntStream.range(0, 7)
                    .mapToObj(number -> '"' + item(number) + '"')
                    .collect(Collectors.joining(", "));
            Reply best = short3.post("/recommend/one", "{\"user\": \"u3\"}");
            same(best.json(), recommender.recommend(Request.ofUser("u3").withK(3)));
            Reply ranked = short3.post("/rank/one", "{\"user\": \"u3\", \"candidates\": [" + ids + "]}");
            assertThat(ranked.json().path("items").size()).isEqualTo(3);
            Reply similar = short3.get("/items/" + item(5) + "/similar");
            same(similar.json(), recommender.similar(item(5), 3));
            assertThat(short3.post("/recommend/one", "{\"user\": \"u3\", \"k\": 4}")
                            .body())
                    .contains("k is 4, allowed is up to 3");
        }
    }

    @Test
    void speaksTheOpenInferenceProtocol() throws Exception {
        assertThat(server.get("/v2/health/live").json().path("live").asBoolean())
                .isTrue();
        assertThat(server.get("/v2/health/ready").json().path("ready").asBoolean())
                .isTrue();
        assertThat(server.get("/v2").json().path("name").asString()).isEqualTo("sllmr");
        JsonNode metadata = server.get("/v2/models/one").json();
        String version = metadata.path("versions").get(0).asString();
        assertThat(recommender.hash()).startsWith(version);
        assertThat(server.get("/v2/models/one/versions/" + version + "/ready").status())
                .isEqualTo(200);
        assertThat(server.get("/v2/models/one/versions/other").status()).isEqualTo(404);
        assertThat(server.get("/v2/models/none/ready").status()).isEqualTo(404);
        Reply reply = server.post("/v2/models/one/versions/" + version + "/infer", """
                {"id": "7", "inputs": [
                  {"name": "item", "shape": [3], "datatype": "BYTES", "data": ["%s", "%s", "%s"]},
                  {"name": "user", "shape": [3], "datatype": "BYTES", "data": ["u1", "u1", "nobody"]},
                  {"name": "history", "shape": [3, 2], "datatype": "BYTES",
                   "data": [["%s", ""], ["%s", ""], ["", ""]]}]}
                """.formatted(
                        item(1), item(2), item(1), item(8), item(8)));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().path("id").asString()).isEqualTo("7");
        JsonNode scores = reply.json().path("outputs").get(0).path("data");
        List<Recommendations.Item> known = recommender
                .score(Request.ofHistory(List.of(item(8))).withUser("u1").withCandidates(List.of(item(1), item(2))))
                .items();
        assertThat(Float.parseFloat(scores.get(0).toString()))
                .isEqualTo(known.get(0).score());
        assertThat(Float.parseFloat(scores.get(1).toString()))
                .isEqualTo(known.get(1).score());
        assertThat(Float.parseFloat(scores.get(2).toString()))
                .isEqualTo(recommender
                        .score(Request.ofHistory(List.of()).withCandidates(List.of(item(1))))
                        .items()
                        .get(0)
                        .score());
        assertThat(server.post("/v2/models/one/infer", "{\"inputs\": [{\"name\": \"item\", \"shape\": [2]}]}")
                        .body())
                .contains("datatype\",\"what\":\"is missing; it must be BYTES")
                .contains("data\",\"what\":\"is missing; it must be a list of ids");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'name':'score'} | have a tensor 'score'; allowed are item, user, history",
                "{} | have a tensor without a name; allowed are item, user, history",
                "ITEM, ITEM, {'name':'user','shape':[1],'datatype':'BYTES','data':['u']} | have the tensor 'item' twice",
                "{'name':'item','shape':[1],'datatype':'INT64','data':['a']} | is INT64; it must be BYTES",
                "{'name':'item','datatype':'BYTES','data':['a']} | is missing; it must be [rows]",
                "{'name':'item','shape':[1,1],'datatype':'BYTES','data':['a']} | is [1, 1]; it must be [rows]",
                "{'name':'history','shape':[1],'datatype':'BYTES','data':['a']} | is [1]; it must be [rows, items of a row]",
                "{'name':'item','shape':'1','datatype':'BYTES','data':['a']} | is no list of whole numbers",
                "{'name':'item','shape':[1],'datatype':'BYTES','data':{}} | is no list of texts; it must be a list of ids",
                "{'name':'item','shape':[2],'datatype':'BYTES','data':['a']} | has 1 values, and its shape says 2",
                "{'name':'item','shape':[20000],'datatype':'BYTES','data':['a']} | more than 10000 values (--max-items)",
                "ITEM | have neither a tensor 'user' nor a tensor 'history'",
                "ITEM, {'name':'user','shape':[2],'datatype':'BYTES','data':['u','v']} | rows: item has 1, user 2",
            })
    void tellsWhatIsWrongWithTensors(String tensors, String message) throws Exception {
        String one = "{'name':'item','shape':[1],'datatype':'BYTES','data':['" + item(1) + "']}";
        String body = ("{'inputs': [" + tensors.replace("ITEM", one) + "]}").replace('\'', '"');
        Reply reply = server.post("/v2/models/one/infer", body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error").asString()).contains(message);
    }

    @Test
    void aRequestForOutputsNamesThoseThatThereAre() throws Exception {
        String none = "'inputs': [{'name':'item','shape':[0],'datatype':'BYTES','data':[]},"
                + "{'name':'user','shape':[0],'datatype':'BYTES','data':[]}]";
        for (String more : List.of("", ", 'outputs': [{'name':'score'}]", ", 'outputs': null, 'id': null")) {
            Reply reply = server.post("/v2/models/one/infer", ("{" + none + more + "}").replace('\'', '"'));
            assertThat(reply.status()).as(reply.body()).isEqualTo(200);
            assertThat(reply.json().path("outputs").get(0).path("shape").get(0).asInt())
                    .isZero();
        }
        for (String wrong : List.of("'outputs': [{'name':'logit'}]", "'outputs': {}", "'outputs': ['score']")) {
            Reply reply = server.post("/v2/models/one/infer", ("{" + none + ", " + wrong + "}").replace('\'', '"'));
            assertThat(reply.status()).as(wrong).isEqualTo(400);
            assertThat(reply.body()).contains("another tensor than 'score'");
        }
        assertThat(server.post("/v2/models/one/infer", ("{'id': {}, " + none + "}").replace('\'', '"'))
                        .body())
                .contains("is no text");
    }

    @Test
    void tellsWhatIsWrong() throws Exception {
        Reply reply = server.post("/recommend/one", "{\"user\": \"u3\", \"top\": 7, \"k\": \"many\"}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("problems").size()).isEqualTo(2);
        assertThat(reply.body()).contains("top").contains("whole number").doesNotContain("Exception");
        assertThat(server.post("/recommend/one", "[]").status()).isEqualTo(400);
        assertThat(server.post("/recommend/none", "{\"user\": \"u\"}").status()).isEqualTo(404);
        assertThat(server.post("/recommend/one", "{\"user\": \"u\", \"k\": 100000}")
                        .status())
                .isEqualTo(400);
        Reply other = server.get("/recommend/one");
        assertThat(other.status()).isEqualTo(405);
        assertThat(other.response().headers().firstValue("Allow")).contains("POST");
        Reply posted = server.post("/models", "{}");
        assertThat(posted.status()).isEqualTo(405);
        assertThat(posted.response().headers().firstValue("Allow")).contains("GET, HEAD");
        assertThat(server.get("/nowhere").status()).isEqualTo(404);
        assertThat(server.get("/nowhere").json().path("error").asString()).contains("/openapi.json");
        assertThat(server.post("/recommend/one", "{\"user\": \"" + "x".repeat(1_100_000) + "\"}")
                        .status())
                .isEqualTo(413);
        assertThat(server.send(server.request("/recommend/one")
                                .header("Content-Type", "text/plain")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"user\": \"u3\"}"))
                                .build())
                        .status())
                .isEqualTo(415);
    }

    @Test
    void countsForPrometheus() throws Exception {
        server.post("/recommend/one", "{\"user\": \"nobody at all\"}");
        Reply reply = server.get("/metrics");
        assertThat(reply.response().headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/plain");
        assertThat(reply.body())
                .contains("sllmr_requests_total{model=\"one\",operation=\"recommend\",status=\"200\"}")
                .contains("sllmr_request_duration_seconds_bucket{")
                .contains("sllmr_scored_items_total{model=\"one\"}")
                .contains("sllmr_unknown_users_total{model=\"one\"}")
                .contains("sllmr_model_info{")
                .doesNotContain("nobody at all");
    }

    /** Who compares two models has to see that one of them asks a teacher too, wherever he looks. */
    @Test
    void aBlendIsToldInMetadataModelsAndMetrics(@TempDir Path folder) throws Exception {
        Path bundle = ServerFixture.FIXTURE.writeBlended(folder.resolve("blended"), "blended", "wise");
        try (ServerFixture blended = new ServerFixture(ServerSettings.defaults(), bundle)) {
            assertThat(blended.get("/v2/models/blended")
                            .json()
                            .path("parameters")
                            .path("blend")
                            .asString())
                    .isEqualTo("wise");
            assertThat(blended.get("/models")
                            .json()
                            .path("models")
                            .get(0)
                            .path("blend")
                            .asString())
                    .isEqualTo("wise");
            assertThat(blended.get("/metrics").body()).containsPattern("sllmr_model_info\\{[^}]*blend=\"wise\"");
        }
        assertThat(server.get("/v2/models/one").json().path("parameters").has("blend"))
                .isFalse();
        assertThat(server.get("/metrics").body()).containsPattern("sllmr_model_info\\{[^}]*blend=\"\"");
    }

    @Test
    void theDescriptionHasEveryAddress() throws Exception {
        JsonNode description = server.get("/openapi.json").json();
        Map<String, String> described = new TreeMap<>();
        description
                .path("paths")
                .properties()
                .forEach(entry -> entry.getValue()
                        .properties()
                        .forEach(method -> described.put(entry.getKey(), method.getKey())));
        assertThat(described).isEqualTo(server.server.addresses());
        String text = description.toString();
        java.util.regex.Pattern.compile("#/components/schemas/(\\w+)")
                .matcher(text)
                .results()
                .forEach(reference -> assertThat(
                                description.path("components").path("schemas").has(reference.group(1)))
                        .isTrue());
    }

    /** By the rules of the reference: a program made of the description has to know what can come. */
    @Test
    void theDescriptionHasEveryStatus() throws Exception {
        JsonNode paths = server.get("/openapi.json").json().path("paths");
        for (Map.Entry<String, JsonNode> path : paths.properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                String address = path.getKey();
                Set<String> statuses = new TreeSet<>(Set.of("200"));
                boolean posted = method.getKey().equals("post");
                boolean open = Set.of("/", "/openapi.json").contains(address) || address.startsWith("/v2/health/");
                if (!open) {
                    statuses.addAll(Set.of("401", "403"));
                }
                if (!open && !address.equals("/metrics")) {
                    statuses.add("429");
                }
                if (address.contains("{")) {
                    statuses.add("404");
                }
                if (posted) {
                    statuses.addAll(Set.of("408", "413", "415"));
                }
                if (posted || address.endsWith("/similar")) {
                    statuses.addAll(Set.of("400", "503"));
                }
                if (address.equals("/v2/health/ready")) {
                    statuses.add("503");
                }
                assertThat(method.getValue().path("responses").propertyNames())
                        .as(method.getKey() + " " + address)
                        .containsExactlyInAnyOrderElementsOf(statuses);
            }
        }
    }

    @Test
    void thePageMayLoadNothingFromElsewhere() throws Exception {
        Reply page = server.get("/");
        assertThat(page.response()
                        .headers()
                        .firstValue("Content-Security-Policy")
                        .orElseThrow())
                .startsWith("default-src 'none'");
        assertThat(page.body()).doesNotContain("http://", "https://");
    }

    @Test
    void anotherSitesNameIsRefused() throws IOException, InterruptedException {
        // The client does not let its users set Host, so a socket does.
        String reply = Sockets.send(
                server.server.port(), "GET /models HTTP/1.1\r\nHost: evil.example\r\n" + "Connection: close\r\n\r\n");
        assertThat(reply).startsWith("HTTP/1.1 403");
    }

    @Test
    void withATokenNothingIsToldWithoutIt(@TempDir Path folder) throws Exception {
        Path bundle = ServerFixture.bundle(folder.resolve("one"), "one");
        try (ServerFixture guarded =
                new ServerFixture(ServerSettings.defaults().with(Optional.of("secret-token")), bundle)) {
            Reply closed = guarded.get("/models");
            assertThat(closed.status()).isEqualTo(401);
            assertThat(closed.response().headers().firstValue("WWW-Authenticate"))
                    .contains("Bearer");
            for (String scheme : List.of("bearer", "BEARER ", "Bearer")) {
                assertThat(guarded.send(guarded.request("/models")
                                        .header("Authorization", scheme + " secret-token")
                                        .build())
                                .status())
                        .as(scheme)
                        .isEqualTo(200);
            }
            for (String wrong : List.of("secret-token", "Basic secret-token", "Bearersecret-token", "Bearer", "")) {
                assertThat(guarded.send(guarded.request("/models")
                                        .header("Authorization", wrong)
                                        .build())
                                .status())
                        .as(wrong)
                        .isEqualTo(401);
            }
            assertThat(guarded.get("/metrics").status()).isEqualTo(401);
            assertThat(guarded.post("/recommend/one", "{\"user\": \"u1\"}").status())
                    .isEqualTo(401);
            assertThat(guarded.get("/v2/health/ready").status()).isEqualTo(200);
            assertThat(guarded.send(guarded.request("/models")
                                    .header("Authorization", "Bearer secret-token")
                                    .build())
                            .status())
                    .isEqualTo(200);
            assertThat(guarded.send(guarded.request("/models")
                                    .header("Authorization", "Bearer secret-toke")
                                    .build())
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void tooManyRequestsAreSentAway(@TempDir Path folder) throws Exception {
        Path bundle = ServerFixture.bundle(folder.resolve("one"), "one");
        ServerSettings settings = new ServerSettings("127.0.0.1", 0, Optional.empty(), 1_000_000, 1000, 10_000, 10, 1);
        try (ServerFixture busy = new ServerFixture(settings, bundle)) {
            String body = "{\"user\": \"u1\", \"k\": 200, \"explain\": true}";
            List<CompletableFuture<java.net.http.HttpResponse<String>>> all = IntStream.range(0, 80)
                    .mapToObj(i -> busy.client.sendAsync(
                            busy.request("/recommend/one")
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            java.net.http.HttpResponse.BodyHandlers.ofString()))
                    .toList();
            for (int look = 0; look < 20; look++) {
                assertThat(busy.get("/metrics").status())
                        .as("metrics are read however much is under way")
                        .isEqualTo(200);
            }
            int refused = 0;
            for (CompletableFuture<java.net.http.HttpResponse<String>> one : all) {
                assertThat(one.get().statusCode()).isIn(200, 429);
                if (one.get().statusCode() == 429) {
                    refused++;
                    assertThat(one.get().headers().firstValue("Retry-After")).contains("1");
                }
            }
            assertThat(refused).isBetween(1, 79);
        }
    }

    /** Hundreds of thousands of new items, explained by a history, take far longer than a second. */
    @Test
    @Timeout(600)
    void whatTakesTooLongIsGivenUp(@TempDir Path folder) throws Exception {
        Path bundle = ServerFixture.bundle(folder.resolve("one"), "one");
        ServerSettings settings =
                new ServerSettings("127.0.0.1", 0, Optional.empty(), 100_000_000, 1000, 1_000_000, 1, 64);
        String items = IntStream.range(0, 200_000)
                .mapToObj(i -> "{\"id\": \"new" + i + "\"}")
                .collect(Collectors.joining(", "));
        String ids =
                IntStream.range(0, 200_000).mapToObj(i -> "\"new" + i + "\"").collect(Collectors.joining(", "));
        String body =
                "{\"user\": \"u3\", \"explain\": true, \"newItems\": [" + items + "], \"candidates\": [" + ids + "]}";
        try (ServerFixture slow = new ServerFixture(settings, bundle)) {
            for (String path : List.of("/recommend/one", "/rank/one")) {
                Reply reply = whole(slow, path, body);
                assertThat(reply.status()).as(reply.body()).isEqualTo(503);
                assertThat(reply.body()).contains("longer than 1 seconds");
                assertThat(reply.response().headers().firstValue("Retry-After")).contains("1");
            }
            assertThat(slow.get("/metrics").body())
                    .contains("sllmr_requests_under_way 0.0")
                    .contains("sllmr_requests_total{model=\"one\",operation=\"rank\",status=\"503\"} 1.0");
            // On a busy machine even this may take longer than a second.
            while (whole(slow, "/recommend/one", "{\"user\": \"u3\"}").status() != 200) {
                Thread.sleep(20);
            }
        }
    }

    /** The reply to a body that came in time; on a busy machine a long one may stop coming for a second. */
    private static Reply whole(ServerFixture slow, String path, String body) throws InterruptedException {
        while (true) {
            try {
                Reply reply = slow.post(path, body);
                if (reply.status() != 408) {
                    return reply;
                }
            } catch (IOException cut) {
                // The server has closed the connection.
                Thread.sleep(20);
            }
        }
    }

    @Test
    void aPortInUseIsSaidToBe(@TempDir Path folder) {
        Models models = Models.open(
                List.of(new Models.Source(Optional.empty(), ServerFixture.bundle(folder.resolve("one"), "one"))));
        assertThatThrownBy(() -> RecommendationServer.start(
                        ServerSettings.defaults().on("127.0.0.1", server.server.port()), models))
                .hasMessageContaining("cannot be listened on");
    }

    @Test
    void aHostThatIsNotThisMachineIsSaidToBe(@TempDir Path folder) {
        Models models = Models.open(
                List.of(new Models.Source(Optional.empty(), ServerFixture.bundle(folder.resolve("one"), "one"))));
        assertThatThrownBy(() ->
                        RecommendationServer.start(ServerSettings.defaults().on("no-such-host.invalid", 0), models))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("--host: 'no-such-host.invalid' is a name that this machine does not know");
        // An address that is set aside for documentation.
        assertThatThrownBy(() ->
                        RecommendationServer.start(ServerSettings.defaults().on("192.0.2.1", 0), models))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("--host: '192.0.2.1' has the address 192.0.2.1, which is none of this machine's");
    }

    @Test
    void twoModelsOfOneNameAreRefused(@TempDir Path folder) {
        Path one = ServerFixture.bundle(folder.resolve("one"), "same");
        Path two = ServerFixture.bundle(folder.resolve("two"), "same");
        assertThatThrownBy(() -> Models.open(
                        List.of(new Models.Source(Optional.empty(), one), new Models.Source(Optional.empty(), two))))
                .hasMessageContaining("NAME=");
        assertThat(Models.open(List.of(
                                new Models.Source(Optional.empty(), one), new Models.Source(Optional.of("other"), two)))
                        .all())
                .extracting(Models.Served::name)
                .containsExactly("same", "other");
    }
}
