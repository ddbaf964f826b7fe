// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.data.Instances;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.file.SealedText;
import org.sllmr.data.store.Dataset;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.text.TextTable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands for language models, with a server on this machine. */
class LanguageCommandsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern TITLE = Pattern.compile("\\{\"item\": (\\d+), \"title\": \"([^\"]*)\"");
    private static final Pattern CANDIDATE = Pattern.compile("\\{\"item\": (\\d+)");

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private final AtomicInteger asked = new AtomicInteger();
    /** The model's scores by title; by position if empty. */
    private volatile Map<String, Double> known = Map.of();

    private volatile int refuseAfter = Integer.MAX_VALUE;
    private volatile String header = "";
    private HttpServer server;

    @BeforeAll
    static void aPlan() {
        ok("data", "demo", "--out", shared.resolve("files").toString(), "--users", "30", "--items", "200");
        ok(
                "data",
                "prepare",
                "--interactions",
                shared.resolve("files/interactions.tsv").toString(),
                "--user",
                "user_id",
                "--item",
                "item_id",
                "--time",
                "timestamp",
                "--items",
                shared.resolve("files/items.tsv").toString(),
                "--item-text",
                "title",
                "--out",
                shared.resolve("dataset").toString());
    }

    @BeforeEach
    void start() throws IOException {
        // Otherwise each reply waits 40 ms for the acknowledgement of its header.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
        header = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        String question = body.path("messages").get(1).path("content").asString();
        int candidates = (int) CANDIDATE.matcher(question).results().count();
        boolean refused = asked.incrementAndGet() > refuseAfter;
        String content = "{\"scores\":["
                + String.join(
                        ",",
                        IntStream.rangeClosed(1, candidates)
                                .mapToObj(item -> "{\"item\":" + item + ",\"score\":" + score(question, item) + "}")
                                .toList())
                + "]}";
        if (!question.contains("Candidates:")) {
            content = "It is known that " + question.hashCode() + " suits many.";
        }
        String reply = refused
                ? "{\"error\":{\"message\":\"Incorrect API key provided: " + header + "\"}}"
                : "{\"id\":\"1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                        + "\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":"
                        + JSON.writeValueAsString(content) + ",\"refusal\":null}}],"
                        + "\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":100,\"total_tokens\":1100}}";
        byte[] bytes = reply.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(refused ? 401 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private double score(String question, int item) {
        Matcher titled = TITLE.matcher(question);
        while (!known.isEmpty() && titled.find()) {
            if (Integer.parseInt(titled.group(1)) == item) {
                return known.get(titled.group(2));
            }
        }
        return item / 100.0;
    }

    private Invocation score(String command, String... further) {
        List<String> words = new ArrayList<>(List.of(
                "score",
                command,
                "--data",
                shared.resolve("dataset").toString(),
                "--cache",
                shared.resolve("cache").toString(),
                "--provider",
                "openai-compatible",
                "--base-url",
                url(),
                "--model",
                "m",
                "--set",
                "plan.random=10"));
        words.addAll(List.of(further));
        return run(words.toArray(String[]::new));
    }

    @Test
    void aPlanForecastsWithoutAsking() {
        JsonNode plan = json(score("plan", "--out", path("plan"), "--json"));
        assertThat(plan.path("forecast").path("requests").asInt()).isGreaterThanOrEqualTo(30);
        assertThat(plan.path("forecast").path("promptTokens").asLong())
                .isGreaterThan(100 * plan.path("forecast").path("requests").asLong());
        assertThat(plan.path("forecast").path("promptCost").asDouble()).isZero();
        String[] priced = {
            "--replace", "--set", "language.price.inputPerMillion=1000", "--set", "language.price.outputPerMillion=1000"
        };
        List<String> words = new ArrayList<>(List.of("--out", path("plan")));
        words.addAll(List.of(priced));
        assertThat(ok(score("plan", words.toArray(String[]::new))).results())
                .contains("requests, ", "prompt tokens (", "Prompts cost ");
        assertThat(asked).hasValue(0);
    }

    @Test
    void aRunFillsAStoreThatOtherCommandsRead() throws IOException {
        Path key = Files.writeString(folder.resolve("key"), "sk-secret-of-the-test\n");
        JsonNode report = json(score("run", "--out", path("t"), "--key-file", key.toString(), "--json"));
        int requests = asked.get();
        assertThat(header).isEqualTo("Bearer sk-secret-of-the-test");
        assertThat(report.path("provenance").path("teacher").asString()).isEqualTo("openai-compatible");
        assertThat(report.path("provenance").path("scored").asInt())
                .isEqualTo(report.path("provenance").path("asked").asInt())
                .isGreaterThan(0);
        assertThat(score("run", "--out", path("t")).messages()).contains("exists already");
        Invocation again = ok(score("run", "--out", path("t"), "--replace"));
        assertThat(again.messages()).contains(requests + " of " + requests + " requests answered, " + requests);
        assertThat(asked).hasValue(requests);
        JsonNode status = json(run("score", "status", path("t.store"), "--json"));
        assertThat(status.path("answered").asInt()).isEqualTo(requests);
        assertThat(status.path("promptTokens").asInt()).isEqualTo(1000 * requests);
        assertThat(status.path("runs").asInt()).isEqualTo(2);
        assertThat(ok(run("score", "status", path("t.store"))).results())
                .contains(requests + " of " + requests + " requests answered (100.0 %)", "no run is under way")
                .doesNotContain("batch");
        assertThat(status.path("batches").path("batches").asInt(-1)).isZero();
        Files.createDirectories(folder.resolve("t.store/batches"));
        // The second one is of a list without a start time.
        SealedText.JSON.write(folder.resolve("t.store/batches/batches.json"), """
                {"open":[
                 {"name":"a","requests":1500,"since":"2026-01-02T03:04:05Z","file":"","batch":""},
                 {"name":"b","requests":40,"file":"f","batch":"g"}]}
                """);
        JsonNode open = json(run("score", "status", path("t.store"), "--json")).path("batches");
        assertThat(open.path("requests").asInt()).isEqualTo(1540);
        assertThat(open.path("since").asString()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(ok(run("score", "status", path("t.store"))).results())
                .containsPattern(
                        "2 batches with 1,540 requests under way since 2026-01-0\\d .*; the same 'sllmr score run --batch'");
        Files.delete(folder.resolve("t.store/batches/batches.json"));
        Invocation described = ok(run(
                "score",
                "describe",
                path("t.store"),
                "--data",
                shared.resolve("dataset").toString()));
        assertThat(described.results())
                .contains("position in the list", "cold users", "pairs of one user's candidates")
                .containsPattern("Correlation of position and score: 1.000");
        assertThat(ok(run(
                                "score",
                                "describe",
                                path("t"),
                                "--data",
                                shared.resolve("dataset").toString()))
                        .results())
                .contains("cold users");
        ok(run(
                "score",
                "export",
                path("t.store"),
                "--data",
                shared.resolve("dataset").toString(),
                "--out",
                path("scores.csv")));
        List<String> lines = Files.readAllLines(folder.resolve("scores.csv"));
        assertThat(lines.get(0)).isEqualTo("user_id,item_id,score");
        assertThat(lines).hasSize(1 + report.path("provenance").path("scored").asInt());
        ok(run(
                "score",
                "import",
                path("scores.csv"),
                "--data",
                shared.resolve("dataset").toString(),
                "--plan",
                path("t.store/plan"),
                "--out",
                path("back")));
        assertThat(TeacherTableFile.read(folder.resolve("back")).table().heldOut())
                .isEqualTo(TeacherTableFile.read(folder.resolve("t")).table().heldOut());
        assertThat(TeacherTableFile.read(folder.resolve("back")).table().scores())
                .isEqualTo(TeacherTableFile.read(folder.resolve("t")).table().scores());
        ok(run("score", "export", path("t"), "--out", path("scores.parquet")));
        refused(".tsv files are not written", run("score", "export", path("t"), "--out", path("scores.tsv")));
        assertThat(folder.resolve("scores.parquet")).isNotEmptyFile();
        ok(run("score", "export", path("t.store"), "--out", path("same")));
        assertThat(Files.readAllBytes(folder.resolve("same"))).isEqualTo(Files.readAllBytes(folder.resolve("t")));
        ok(run("score", "export", path("t.store"), "--normalization", "rank", "--out", path("ranks")));
        assertThat(json(run("score", "describe", path("ranks"), "--json"))
                        .path("provenance")
                        .path("settings")
                        .path("normalization")
                        .asString())
                .isEqualTo("rank");
        for (Path file : List.of(folder.resolve("t"), folder.resolve("t.store/answers.duckdb"))) {
            assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                    .doesNotContain("sk-secret-of-the-test");
        }
    }

    @Test
    void textsAreAskedForExportedAndImported() throws IOException {
        for (String kind : List.of("item-knowledge", "user-knowledge", "chain-of-thought")) {
            int before = asked.get();
            JsonNode forecast =
                    json(score("texts", "--kind", kind, "--forecast", "--json")).path("forecast");
            int requests = forecast.path("requests").asInt();
            assertThat(requests).isGreaterThanOrEqualTo(30);
            assertThat(forecast.path("replyTokens").asInt()).isEqualTo(400 * requests);
            assertThat(asked).hasValue(before);
            String texts = path(kind + ".texts");
            JsonNode report = json(score("texts", "--kind", kind, "--out", texts, "--json"));
            assertThat(report.path("provenance").path("written").asInt()).isEqualTo(requests);
            assertThat(asked.get() - before).isEqualTo(requests);
            refused("exists already", score("texts", "--kind", kind, "--out", texts));
            Invocation again = ok(score("texts", "--kind", kind, "--out", texts, "--replace"));
            assertThat(again.messages()).contains(requests + " of " + requests + " requests answered, " + requests);
            assertThat(again.results()).contains(requests + " texts (" + kind + ")", "One of them: It is known that ");
            assertThat(asked.get() - before).isEqualTo(requests);
            byte[] written = Files.readAllBytes(Path.of(texts));
            ok(texts("--export", texts + ".store", "--out", path(kind + ".again")));
            assertThat(folder.resolve(kind + ".again")).hasBinaryContent(written);
            for (String ending : List.of(".jsonl", ".parquet")) {
                ok(texts("--export", texts, "--out", path(kind + ending)));
                ok(texts("--kind", kind, "--import", path(kind + ending), "--out", path(kind + ending + ".back")));
                TextTable one = TextTable.read(Path.of(texts));
                TextTable back = TextTable.read(folder.resolve(kind + ending + ".back"));
                assertThat(back.texts()).isEqualTo(one.texts());
                assertThat(back.subjects().users()).isEqualTo(one.subjects().users());
                assertThat(back.subjects().items()).isEqualTo(one.subjects().items());
                assertThat(back.subjects().positions()).isEqualTo(one.subjects().positions());
                assertThat(back.subjects().labels()).isEqualTo(one.subjects().labels());
                assertThat(back.provenance().teacher()).isEqualTo("imported");
            }
            refused("has texts of the kind " + kind, run("score", "export", texts + ".store", "--out", path("no")));
        }
        refused(".csv files are not written", texts("--export", path("item-knowledge.texts"), "--out", path("a.csv")));
        refused("is needed: item-knowledge", texts("--out", path("a")));
        refused("texts are written by a language model", texts("--kind", "item-knowledge", "--out", path("a")));
        refused("exclude each other", texts("--forecast", "--export", path("item-knowledge.texts")));
        Invocation unknown = texts("--kind", "facts", "--out", path("a"));
        assertThat(unknown.messages()).contains("is not one of item-knowledge, user-knowledge, chain-of-thought");
        assertThat(unknown.code()).isEqualTo(2);
    }

    @Test
    void wrongRowsOfImportedTextsAreNamed() throws IOException {
        Files.writeString(
                folder.resolve("users.csv"), "user_id,interactions,text\n1,0,a\n1,1,b\n2,1000,c\nnobody,0,d\n3,x,e\n");
        assertThat(texts("--kind", "user-knowledge", "--import", path("users.csv"), "--out", path("a"))
                        .messages())
                .contains(
                        "1 row with a user that the dataset does not have",
                        "2 rows whose number of interactions is not a whole number from 0",
                        "1 row with a further text");
        Files.writeString(
                folder.resolve("chains.csv"), "user_id,item_id,interactions,label,text\n1,1,0,1,a\n1,1,0,2,b\n");
        assertThat(texts("--kind", "chain-of-thought", "--import", path("chains.csv"), "--out", path("a"))
                        .messages())
                .contains("1 row whose label is neither 0 nor 1");
        TrainingData data = Dataset.open(shared.resolve("dataset")).trainingData();
        Instances held = data.validation().samples().instances();
        Files.writeString(
                folder.resolve("chains.csv"),
                "user_id,item_id,interactions,label,text\n"
                        + data.userIds().value(held.users()[0])
                        + "," + data.catalogue().ids().value(held.items()[0])
                        + "," + data.log().length(held.users()[0]) + ",1,because\n");
        refused(
                "explains 1 samples that are not training samples",
                texts("--kind", "chain-of-thought", "--import", path("chains.csv"), "--out", path("a")));
    }

    private Invocation texts(String... further) {
        List<String> words = new ArrayList<>(
                List.of("score", "texts", "--data", shared.resolve("dataset").toString()));
        words.addAll(List.of(further));
        return run(words.toArray(String[]::new));
    }

    @Test
    void aModelIsEvaluatedByItsScoresOfTheValidationSamples() {
        TrainingData data = Dataset.open(shared.resolve("dataset")).trainingData();
        List<String> titles = data.catalogue().texts().get(0).values();
        Seed seed = new Seed(11);
        // This model scores all positives a little higher, so it is better than chance but not perfect.
        Samples samples = data.validation().samples();
        Instances rows = samples.instances();
        Map<String, Double> scores = new HashMap<>();
        for (int item = 0; item < titles.size(); item++) {
            scores.put(titles.get(item), seed.child(item).generator().nextInt(0, 60) / 100.0);
        }
        for (int row = 0; row < rows.size(); row++) {
            if (samples.label(row) > 0) {
                scores.merge(titles.get(rows.items()[row]), 0.1, (one, other) -> Math.min(0.9, one + other));
            }
        }
        known = scores;
        ok(score("run", "--out", path("t")));
        Invocation planned = ok(run(
                "score",
                "plan",
                "--data",
                shared.resolve("dataset").toString(),
                "--provider",
                "openai-compatible",
                "--base-url",
                url(),
                "--model",
                "m",
                "--set",
                "language.passes=1",
                "--validation",
                "30",
                "--out",
                path("judging.plan")));
        String next = planned.results().substring(planned.results().indexOf("Next: sllmr ") + "Next: sllmr ".length());
        assertThat(next).contains("--provider openai-compatible", "--base-url " + url(), "--model m", ".judged");
        List<String> words = new ArrayList<>(List.of(next.strip().split(" ")));
        words.set(words.size() - 1, path("judged"));
        ok(run(words.toArray(String[]::new)));
        JsonNode audit = json(run(
                        "score",
                        "describe",
                        path("t"),
                        "--data",
                        shared.resolve("dataset").toString(),
                        "--validation",
                        path("judged"),
                        "--json"))
                .path("audit")
                .get(0);
        assertThat(audit.path("unscored").asInt()).isZero();
        assertThat(audit.path("samples").asInt()).isEqualTo(rows.size());
        double expected = auc(samples, scores, titles);
        assertThat(expected).isBetween(0.55, 0.99);
        assertThat(audit.path("teacher").asDouble()).isEqualTo(expected, within(1e-6));
    }

    /** Share of pairs of a positive and a negative sample that are in order, ties half. */
    private static double auc(Samples samples, Map<String, Double> scores, List<String> titles) {
        Instances rows = samples.instances();
        double sum = 0;
        long pairs = 0;
        for (int one = 0; one < rows.size(); one++) {
            for (int other = 0; other < rows.size(); other++) {
                if (samples.label(one) > samples.label(other)) {
                    float positive = scores.get(titles.get(rows.items()[one])).floatValue();
                    float negative = scores.get(titles.get(rows.items()[other])).floatValue();
                    sum += positive > negative ? 1 : positive == negative ? 0.5 : 0;
                    pairs++;
                }
            }
        }
        return sum / pairs;
    }

    @Test
    void aServerThatMovedIsTheSameModel() throws IOException {
        ok(score("run", "--out", path("t")));
        int requests = asked.get();
        server.stop(0);
        start();
        ok(score("run", "--out", path("t"), "--replace"));
        assertThat(asked).hasValue(requests);
    }

    @Test
    void batchesUnderWayAreNotAskedOneByOne() throws IOException {
        refused(
                "--batch: is for a language model",
                run("score", "run", "--data", shared.resolve("dataset").toString(), "--batch", "--out", path("t")));
        Files.createDirectories(folder.resolve("t.store/batches"));
        Files.writeString(folder.resolve("t.store/lock"), "");
        SealedText.JSON.write(folder.resolve("t.store/batches/batches.json"), "{\"open\":[]}");
        refused("add --batch to collect them", score("run", "--out", path("t")));
        assertThat(asked).hasValue(0);
        // This server does not support batches, which is detected before anything is paid.
        refused("HTTP 404", score("run", "--batch", "--out", path("t")));
        assertThat(asked).hasValue(0);
    }

    @Test
    void answersBeforeARefusalAreKeptAndNotAskedAgain() throws IOException {
        refuseAfter = 5;
        Path key = Files.writeString(folder.resolve("key"), "sk-secret-of-the-test\n");
        Invocation refused = score("run", "--out", path("t"), "--key-file", key.toString());
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.messages())
                .contains("HTTP 401", "the answers so far are kept in " + path("t.store"), "5 of ")
                .doesNotContain("sk-secret-of-the-test");
        assertThat(folder.resolve("t")).doesNotExist();
        refuseAfter = Integer.MAX_VALUE;
        int sent = asked.get();
        ok(score("run", "--out", path("t")));
        int total = json(run("score", "status", path("t.store"), "--json"))
                .path("requests")
                .asInt();
        assertThat(asked.get() - sent).isEqualTo(total - 5);
    }

    @Test
    void theBudgetEndsTheRunWithATableOfThePaidAnswers() {
        String[] prices = {
            "--set",
            "language.price.inputPerMillion=10",
            "--set",
            "language.price.outputPerMillion=0",
            "--budget",
            "0.1"
        };
        List<String> words = new ArrayList<>(List.of("--out", path("t"), "--json"));
        words.addAll(List.of(prices));
        Invocation run = ok(score("run", words.toArray(String[]::new)));
        assertThat(run.messages()).contains("stopped: the next request could cost more", "larger --budget");
        JsonNode status = json(run("score", "status", path("t.store"), "--json"));
        // This server counts more tokens than estimated, which the first 8 concurrent requests cannot know.
        assertThat(status.path("cost").asDouble()).isBetween(0.08, 0.1 + 8 * 0.01);
        assertThat(status.path("answered").asInt())
                .isLessThan(status.path("requests").asInt());
        assertThat(json(run).path("provenance").path("scored").asInt()).isPositive();
    }

    @Test
    void invalidOptionsAreReportedBeforeAnythingIsAsked() throws IOException {
        String data = shared.resolve("dataset").toString();
        refused(
                "needs --base-url",
                run("score", "run", "--data", data, "--provider", "openai-compatible", "--out", path("t")));
        refused(
                "environment variable NO_SUCH_KEY: is not set",
                run(
                        "score",
                        "run",
                        "--data",
                        data,
                        "--provider",
                        "openai",
                        "--key-variable",
                        "NO_SUCH_KEY",
                        "--out",
                        path("t")));
        refused("needs the provider's prices", score("run", "--budget", "1", "--out", path("t")));
        assertThat(run("score", "run", "--data", data, "--provider", "opnai", "--out", path("t"))
                        .messages())
                .contains(
                        "'opnai' is not one of embedding, tuned-embedding, visited-neighbours, openai, openai-compatible");
        refused("is not a store", run("score", "status", folder.toString()));
        Files.createDirectories(folder.resolve("full"));
        Files.writeString(folder.resolve("full/file"), "");
        refused("has other files and no store", score("run", "--store", path("full"), "--out", path("t")));
        assertThat(asked).hasValue(0);
    }

    private static void refused(String message, Invocation invocation) {
        assertThat(invocation.messages()).contains(message);
        assertThat(invocation.code()).isEqualTo(1);
        assertThat(invocation.results()).isEmpty();
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private static Invocation run(String... words) {
        return Invocation.of(Commands.ALL, words);
    }

    private static Invocation ok(String... words) {
        return ok(run(words));
    }

    private static Invocation ok(Invocation invocation) {
        assertThat(invocation.code()).as(invocation.messages()).isZero();
        return invocation;
    }

    private static JsonNode json(Invocation invocation) {
        return JSON.readTree(ok(invocation).results());
    }
}
