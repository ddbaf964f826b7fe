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
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.configuration.InvalidInputException;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A run by batches through the provider's client, at a server that behaves as the Batch API does. */
class BatchRunTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int USERS = 40;
    private static final int EACH = 12;
    private static final long SEED = 7;
    private static final int PROMPT_TOKENS = 100;
    private static final int REPLY_TOKENS = 40;
    /** What an answered request costs: 100 x 10 + 40 x 20, a millionth each. */
    private static final double COST = 0.0018;

    private static final TokenPrice PRICE = new TokenPrice(10, 20);

    @TempDir
    private Path folder;

    private final Questions questions = Questions.of(USERS, EACH, SEED);
    private final QuestionForm form = LoopbackTest.QUESTION.form(questions.catalogue());
    private final Map<String, Integer> attempts = new HashMap<>();
    private BatchServer server;

    @BeforeEach
    void start() throws IOException {
        server = new BatchServer();
        server.answer = question -> line(question, FaultyServer.answer(text(question)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** The run that is killed: server, store. */
    public static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            Questions questions = Questions.of(USERS, EACH, SEED);
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
        OpenAiSettings settings = new OpenAiSettings("m", url, Optional.of(0.0), Optional.empty(), Optional.empty());
        try (OpenAiModel model = OpenAiModel.open(settings, ApiKey.NONE);
                OpenAiBatches batches = OpenAiBatches.open(settings, new BatchSettings(30, 1, 0.01, 1), ApiKey.NONE)) {
            AskingSettings limits = new AskingSettings(
                    1,
                    5,
                    Optional.empty(),
                    Optional.empty(),
                    budget,
                    new AskingSettings.Retries(4, 4, 0.001, 0.01),
                    AskingSettings.defaults().breaker());
            return new BatchRun(
                            questions.requests(model, form, passes),
                            model,
                            batches,
                            PRICE,
                            limits)
                    .run(store, AskingListener.NONE);
        }
    }

    private AskingResult run(Optional<Double> budget) throws IOException, InterruptedException {
        return run(server.url(), store(), questions, form, 1, budget);
    }

    private Path store() {
        return folder.resolve("store");
    }

    private static String text(JsonNode question) {
        return question.at("/body/messages/1/content").asString();
    }

    private static String line(JsonNode question, String answer) {
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
    void wrongAndFailedAnswersAreAskedAgainUntilEveryScoreIsRight() throws IOException, InterruptedException {
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
    void aRunKilledWhileItsBatchesAreUnderWayCollectsThemNextTime() throws IOException, InterruptedException {
        server.hold = true;
        Instant before = Instant.now();
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        server.url(),
                        store().toString())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(folder.resolve("output").toFile()))
                .start();
        int batches = 4;
        long deadline = System.nanoTime() + 60_000_000_000L;
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

    @Test
    void theBudgetIsReservedBeforeABatchIsSentAndNeverPassed() throws IOException, InterruptedException {
        double budget = 0.09;
        AskingResult result = run(Optional.of(budget));
        assertThat(result.end()).as(result.message()).isEqualTo(AskingEnd.BUDGET);
        assertThat(result.progress().answered()).isEqualTo((int) asked());
        // The most that a request can cost is a few times what it costs, and one more does not fit.
        assertThat(result.progress().spent())
                .isCloseTo(COST * asked(), within(1e-9))
                .isLessThanOrEqualTo(budget)
                .isGreaterThan(budget - 10 * COST);
        long before = asked();
        assertThat(run(Optional.of(budget)).end()).isEqualTo(AskingEnd.BUDGET);
        assertThat(asked() - before).as("asked when the money is gone").isLessThanOrEqualTo(1);
        assertThat(run(Optional.of(10.0)).end()).isEqualTo(AskingEnd.DONE);
        assertEveryScoreIsRight();
    }

    @Test
    void whatIsNeverAnsweredWellIsLeft() throws IOException, InterruptedException {
        server.answer = question -> line(question, "nonsense");
        AskingResult result = run(Optional.empty());
        assertThat(result.end()).isEqualTo(AskingEnd.DONE);
        assertThat(result.progress().leftUnanswered())
                .isEqualTo(result.progress().total());
        assertThat(asked()).isEqualTo(4L * result.progress().total());
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
    void batchesThatAskMorePassesThanTheRunAreNotLost() throws IOException, InterruptedException {
        server.hold = true;
        Thread stopped = new Thread(() -> {
            try {
                run(server.url(), store(), questions, form, 2, Optional.empty());
            } catch (IOException | InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        stopped.start();
        // Both passes are written down before the first batch is sent.
        long deadline = System.nanoTime() + 60_000_000_000L;
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
