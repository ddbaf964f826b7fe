// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Seed;
import org.sllmr.llm.TokenPrice;
import org.sllmr.llm.batch.BatchesUnderWay;
import org.sllmr.llm.openai.ApiKey;
import org.sllmr.llm.openai.BatchServer;
import org.sllmr.llm.openai.BatchSettings;
import org.sllmr.llm.openai.OpenAiBatches;
import org.sllmr.llm.openai.OpenAiModel;
import org.sllmr.llm.openai.OpenAiSettings;
import org.sllmr.llm.question.QuestionForm;
import org.sllmr.llm.store.AnswerStore;
import org.sllmr.llm.store.Normalization;
import org.sllmr.llm.store.StoreReader;
import org.sllmr.llm.store.StoreSummary;
import org.sllmr.llm.store.StoredScores;
import org.sllmr.teacher.TeacherTable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A run in batches through the provider's client, with a server that behaves like the Batch API. */
class BatchRunTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int USERS = 40;
    private static final int EACH = 12;
    private static final long SEED = 7;
    private static final int PROMPT_TOKENS = 100;
    private static final int REPLY_TOKENS = 40;
    /** Cost of an answered request: (100 x 10 + 40 x 20) / 1,000,000. */
    private static final double COST = 0.0018;

    private static final TokenPrice PRICE = new TokenPrice(10, 20);

    @TempDir
    private Path folder;

    private final Questions questions = Questions.of(USERS, EACH, SEED).withHeldOutUsers();
    private final QuestionForm form = LoopbackTest.QUESTION.form(questions.catalogue());
    private final Map<String, Integer> attempts = new HashMap<>();
    private static volatile double fileWaitMinutes = 60;
    private BatchServer server;

    @BeforeEach
    void start() throws IOException {
        fileWaitMinutes = 60;
        server = new BatchServer();
        server.answer = question -> line(question, FaultyServer.answer(text(question)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** The run that is killed: server, store, users, seed. */
    public static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            Questions questions = Questions.of(Integer.parseInt(arguments[2]), EACH, Long.parseLong(arguments[3]))
                    .withHeldOutUsers();
            BatchRunTest.run(
                    arguments[0],
                    Path.of(arguments[1]),
                    questions,
                    LoopbackTest.QUESTION.form(questions.catalogue()),
                    1,
                    Optional.empty());
        }
    }

    private static AskingResult run(
            String url, Path store, Questions questions, QuestionForm form, int passes, Optional<Double> budget)
            throws IOException, InterruptedException {
        OpenAiSettings settings = OpenAiSettings.of("m", url);
        try (OpenAiModel model = OpenAiModel.open(settings, ApiKey.NONE);
                OpenAiBatches batches =
                        OpenAiBatches.open(settings, new BatchSettings(30, 1, 0.01, fileWaitMinutes, 1), ApiKey.NONE)) {
            AskingSettings limits = new AskingSettings(
                    1,
                    5,
                    Optional.empty(),
                    Optional.empty(),
                    budget,
                    new AskingSettings.Retries(20, 20, 0.001, 0.01),
                    AskingSettings.defaults().breaker(),
                    AskingSettings.Answers.defaults());
            return new BatchRun(questions.requests(model, form, passes), model, batches, PRICE, limits)
                    .run(store, AskingListener.NONE);
        }
    }

    private AskingResult run(Optional<Double> budget) throws IOException, InterruptedException {
        return run(server.url(), store(), questions, form, 1, budget);
    }

    private Path store() {
        return folder.resolve("store");
    }

    static String text(JsonNode question) {
        return question.at("/body/messages/1/content").asString();
    }

    static String line(JsonNode question, String answer) {
        ObjectNode line = JSON.createObjectNode();
        line.put("custom_id", question.path("custom_id").asString());
        ObjectNode body = line.putObject("response").put("status_code", 200).putObject("body");
        body.putObject("usage")
                .put("prompt_tokens", PROMPT_TOKENS)
                .put("completion_tokens", REPLY_TOKENS)
                .put("total_tokens", PROMPT_TOKENS + REPLY_TOKENS);
        body.putArray("choices")
                .addObject()
                .put("index", 0)
                .put("finish_reason", "stop")
                .putObject("message")
                .put("role", "assistant")
                .put("content", answer);
        return line.toString().replace("\"status_code\": 200", "\"status_code\":200");
    }

    private void assertEveryScoreIsRight() throws IOException {
        TeacherTable expected = questions.table(FaultyServer::score);
        try (StoreReader store = StoreReader.open(store())) {
            TeacherTable table =
                    StoredScores.table(store, new Normalization.None()).table();
            assertThat(table.items()).isEqualTo(expected.items());
            assertThat(table.scores()).isEqualTo(expected.scores());
            assertThat(store.summary().scores()).as("no score twice").isEqualTo(expected.size());
        }
        assertThat(OpenAiBatches.underWay(AnswerStore.batches(store()))).isFalse();
    }

    private StoreSummary summary() throws IOException {
        try (StoreReader store = StoreReader.open(store())) {
            return store.summary();
        }
    }

    private long asked() {
        return server.inputs().stream()
                .mapToLong(input -> input.lines().count())
                .sum();
    }

    @Test
    void unusableAndFailedAnswersAreAskedAgain() throws IOException, InterruptedException {
        Map<String, Long> expected = new TreeMap<>();
        server.answer = question -> {
            int number = attempts.merge(question.path("custom_id").asString(), 1, Integer::sum);
            int kind = Math.floorMod(text(question).hashCode(), 5);
            String right = FaultyServer.answer(text(question));
            if (number > 2 || kind > 3 || (number == 2 && kind > 0)) {
                return line(question, right);
            }
            String fault = List.of("score-out-of-range", "not-json", "server", "malformed")
                    .get(kind);
            expected.merge(fault, 1L, Long::sum);
            return switch (kind) {
                case 0 -> line(question, right.replaceAll("\"score\": ?[0-9.]+", "\"score\":1.5"));
                case 1 -> line(question, "I would say 0.5");
                case 2 ->
                    "{\"custom_id\":\"" + question.path("custom_id").asString()
                            + "\",\"response\":{\"status_code\":500,\"body\":{\"error\":{\"message\":\"busy\"}}}}";
                default -> null;
            };
        };
        AskingResult result = run(Optional.empty());
        assertThat(result.end()).as(result.message()).isEqualTo(AskingEnd.DONE);
        assertThat(result.progress().faults()).isEqualTo(expected).hasSize(4);
        assertThat(result.progress().leftUnanswered()).isZero();
        assertEveryScoreIsRight();
        StoreSummary summary = summary();
        assertThat(summary.faults()).containsExactlyInAnyOrderEntriesOf(expected);
        assertThat(summary.attempts()).isEqualTo(asked());
        assertThat(summary.cost()).isCloseTo(result.progress().spent(), within(1e-9));
        int made = server.made();
        assertThat(run(Optional.empty()).progress().answeredBefore())
                .isEqualTo(result.progress().total());
        assertThat(server.made()).as("nothing is asked twice").isEqualTo(made);
    }

    @Test
    void batchesOfAKilledRunAreCollectedByTheNext() throws IOException, InterruptedException {
        server.hold = true;
        Instant before = Instant.now();
        Process child = child(USERS, SEED);
        int batches = 4;
        long deadline = System.nanoTime() + 240_000_000_000L;
        while (server.made() < batches && child.isAlive() && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
        child.destroyForcibly().waitFor();
        assertThat(server.made()).as(Files.readString(folder.resolve("output"))).isEqualTo(batches);
        assertThat(OpenAiBatches.underWay(AnswerStore.batches(store()))).isTrue();
        BatchesUnderWay open = OpenAiBatches.count(AnswerStore.batches(store()));
        assertThat(open.batches()).isEqualTo(batches);
        assertThat(open.since().orElseThrow()).isBetween(before, Instant.now());
        server.hold = false;
        AskingResult result = run(Optional.empty());
        assertThat(result.end()).as(result.message()).isEqualTo(AskingEnd.DONE);
        assertThat(server.made()).as("nothing is asked twice").isEqualTo(batches);
        assertThat(asked()).isEqualTo(result.progress().total()).isBetween(batches * 20L, batches * 30L);
        assertThat(open.requests()).isEqualTo(result.progress().total());
        assertThat(OpenAiBatches.count(AnswerStore.batches(store())))
                .isEqualTo(new BatchesUnderWay(0, 0, Optional.empty()));
        assertThat(result.progress().answered()).isEqualTo(result.progress().total());
        assertThat(result.progress().spent()).isCloseTo(COST * result.progress().total(), within(1e-9));
        assertEveryScoreIsRight();
    }

    private Process child(int users, long seed) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        server.url(),
                        store().toString(),
                        Integer.toString(users),
                        Long.toString(seed))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(folder.resolve("output").toFile()))
                .start();
    }

    /** {@code -Dsllmr.kills=10 -Dsllmr.kill.users=1200} for the full size. */
    @Test
    @Timeout(600)
    void afterKillsNothingIsPaidForTwiceAndEveryScoreIsRight() throws IOException, InterruptedException {
        int kills = Integer.getInteger("sllmr.kills", 2);
        int users = Integer.getInteger("sllmr.kill.users", 60);
        long seed = Long.getLong("sllmr.seed", 1);
        RandomGenerator random = new Seed(seed).child("kills").generator();
        Questions killed = Questions.of(users, EACH, seed).withHeldOutUsers();
        Map<String, Integer> rightAnswers = new ConcurrentHashMap<>();
        Set<FaultyServer.Fault> dealt = ConcurrentHashMap.newKeySet();
        AtomicInteger turn = new AtomicInteger();
        Seed shares = new Seed(seed).child("faults");
        server.lateLooks = 2;
        server.answer = question -> {
            String key = question.path("custom_id").asString();
            int number = attempts.merge(key, 1, Integer::sum);
            if (shares.child(key).child(number).generator().nextDouble() >= 0.4) {
                rightAnswers.merge(key, 1, Integer::sum);
                return line(question, FaultyServer.answer(text(question)));
            }
            FaultyServer.Fault fault =
                    FaultyServer.Fault.values()[turn.getAndIncrement() % FaultyServer.Fault.values().length];
            dealt.add(fault);
            if (fault.counted.isEmpty()) {
                rightAnswers.merge(key, 1, Integer::sum);
            }
            return FaultyServer.response(fault, text(question))
                    .map(response -> line(question, response))
                    .orElse(null);
        };
        for (int kill = 0; kill < kills; kill++) {
            int before = server.calls();
            Process child = child(users, seed);
            while (child.isAlive() && server.calls() == before) {
                Thread.sleep(5);
            }
            child.waitFor(random.nextInt(400), TimeUnit.MILLISECONDS);
            child.destroyForcibly().waitFor();
        }
        AskingResult result =
                run(server.url(), store(), killed, LoopbackTest.QUESTION.form(killed.catalogue()), 1, Optional.empty());
        assertThat(result.end()).as("seed %d: %s", seed, result.message()).isEqualTo(AskingEnd.DONE);
        assertThat(rightAnswers.values())
                .as("right answers to one question, seed %d", seed)
                .containsOnly(1);
        assertThat(server.inputs().stream()
                        .flatMap(String::lines)
                        .map(question -> FaultyServer.history(text(JSON.readTree(question))))
                        .distinct())
                .as("what prompts showed, seed %d", seed)
                .isSubsetOf(killed.allowedHistories(LoopbackTest.QUESTION.historyLength()));
        TeacherTable expected = killed.table(FaultyServer::score);
        try (StoreReader store = StoreReader.open(store())) {
            TeacherTable table =
                    StoredScores.table(store, new Normalization.None()).table();
            assertThat(table.items()).isEqualTo(expected.items());
            assertThat(table.scores()).as("seed %d", seed).isEqualTo(expected.scores());
            assertThat(store.summary().scores()).as("no score twice").isEqualTo(expected.size());
        }
        System.out.printf(
                "seed %d: %d requests in %d batches, %d asked, %d kinds of faults, %d kills%n",
                seed, rightAnswers.size(), server.made(), asked(), dealt.size(), kills);
    }

    private static String line(JsonNode question, FaultyServer.Response response) {
        ObjectNode line = JSON.createObjectNode();
        line.put("custom_id", question.path("custom_id").asString());
        ObjectNode told = line.putObject("response").put("status_code", response.status());
        try {
            told.set("body", JSON.readTree(response.body()));
        } catch (JacksonException noJson) {
            told.put("body", response.body());
        }
        return line.toString();
    }

    @Test
    void theBudgetIsReservedBeforeABatchIsSentAndNeverExceeded() throws IOException, InterruptedException {
        double budget = 0.09;
        AskingResult result = run(Optional.of(budget));
        assertThat(result.end()).as(result.message()).isEqualTo(AskingEnd.BUDGET);
        assertThat(result.progress().answered()).isEqualTo((int) asked());
        // The maximum cost of a request is a few times its cost, and one more does not fit.
        assertThat(result.progress().spent())
                .isCloseTo(COST * asked(), within(1e-9))
                .isLessThanOrEqualTo(budget)
                .isGreaterThan(budget - 10 * COST);
        long before = asked();
        assertThat(run(Optional.of(budget)).end()).isEqualTo(AskingEnd.BUDGET);
        assertThat(asked() - before).as("asked after the budget was spent").isLessThanOrEqualTo(1);
        assertThat(run(Optional.of(10.0)).end()).isEqualTo(AskingEnd.DONE);
        assertEveryScoreIsRight();
    }

    @Test
    void aModelWithoutUsableScoresIsNotAskedAgain() throws IOException, InterruptedException {
        server.answer = question -> line(question, "I would say it depends");
        AskingResult result = run(Optional.empty());
        assertThat(result.end()).isEqualTo(AskingEnd.USELESS);
        assertThat(result.message()).contains("have no usable scores", "not-json", "'I would say it depends'");
        assertThat(asked())
                .as("asked once and no more")
                .isEqualTo(result.progress().total());
    }

    @Test
    void lateFilesAreAwaitedAndNotPaidForAgain() throws IOException, InterruptedException {
        server.lateLooks = 3;
        AskingResult result = run(Optional.empty());
        assertThat(result.end()).as(result.message()).isEqualTo(AskingEnd.DONE);
        assertThat(asked()).isEqualTo(result.progress().total());
        assertEveryScoreIsRight();
    }

    @Test
    void batchesWithoutFilesAreKeptForTheNextRun() throws IOException, InterruptedException {
        server.lateLooks = Integer.MAX_VALUE / 2;
        fileWaitMinutes = 0.002;
        AskingResult result = run(Optional.empty());
        assertThat(result.end()).isEqualTo(AskingEnd.PROVIDER_DOWN);
        assertThat(result.message()).contains("has ended", "the next run collects it", "fileWaitMinutes");
        long before = asked();
        assertThat(OpenAiBatches.underWay(AnswerStore.batches(store()))).isTrue();
        server.lateLooks = 0;
        assertThat(run(Optional.empty()).end()).isEqualTo(AskingEnd.DONE);
        assertThat(asked()).as("nothing is asked again").isEqualTo(before);
        assertEveryScoreIsRight();
    }

    @Test
    void noBatchShowsHeldOutInteractions() throws IOException, InterruptedException {
        assertThat(run(Optional.empty()).end()).isEqualTo(AskingEnd.DONE);
        assertThat(server.inputs().stream()
                        .flatMap(String::lines)
                        .map(question -> FaultyServer.history(text(JSON.readTree(question))))
                        .distinct())
                .isSubsetOf(questions.allowedHistories(LoopbackTest.QUESTION.historyLength()));
        assertEveryScoreIsRight();
    }

    @Test
    void aRefusedFormIsReplacedByAnother() throws IOException, InterruptedException {
        server.answer =
                question -> question.at("/body/response_format/type").asString().equals("json_schema")
                        ? "{\"custom_id\":\"" + question.path("custom_id").asString()
                                + "\",\"response\":{\"status_code\":400,\"body\":{\"error\":{\"message\":"
                                + "\"This response_format type is unavailable now\"}}}}"
                        : line(question, FaultyServer.answer(text(question)));
        AskingResult result = run(Optional.empty());
        assertThat(result.end()).as(result.message()).isEqualTo(AskingEnd.DONE);
        assertThat(asked()).isEqualTo(2L * result.progress().total());
        assertThat(result.progress().spent()).isCloseTo(COST * result.progress().total(), within(1e-9));
        assertEveryScoreIsRight();
        try (StoreReader store = StoreReader.open(store())) {
            assertThat(StoredScores.table(store, new Normalization.None())
                            .provenance()
                            .settings())
                    .containsEntry("adapted responseFormat", "json-object");
        }
    }

    @Test
    void refusalsEndTheRun() throws IOException, InterruptedException {
        server.failNext.add(401);
        AskingResult refused = run(Optional.empty());
        assertThat(refused.end()).isEqualTo(AskingEnd.REFUSED);
        assertThat(refused.message()).contains("HTTP 401");
        server.answer =
                question -> "{\"custom_id\":\"" + question.path("custom_id").asString()
                        + "\",\"response\":{\"status_code\":404,\"body\":{\"error\":{\"message\":\"no such model\"}}}}";
        AskingResult unknown = run(Optional.empty());
        assertThat(unknown.end()).isEqualTo(AskingEnd.REFUSED);
        assertThat(unknown.message()).contains("no such model");
        assertThat(unknown.progress().spent()).isZero();
    }

    @Test
    void batchesWithMorePassesThanTheRunAreNotLost() throws IOException, InterruptedException {
        server.hold = true;
        Thread stopped = new Thread(() -> {
            try {
                run(server.url(), store(), questions, form, 2, Optional.empty());
            } catch (IOException | InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        stopped.start();
        // Both passes are recorded before the first batch is sent.
        long deadline = System.nanoTime() + 240_000_000_000L;
        while (server.made() < 1 && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
        stopped.interrupt();
        stopped.join();
        server.hold = false;
        assertThatThrownBy(() -> run(Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("run with as many as before");
        AskingResult result = run(server.url(), store(), questions, form, 2, Optional.empty());
        assertThat(result.end()).isEqualTo(AskingEnd.DONE);
        assertThat(asked()).isEqualTo(result.progress().total());
    }
}
