// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.llm.Prompt;
import org.sllmr.llm.ProviderException;
import org.sllmr.llm.ProviderException.Kind;
import org.sllmr.llm.Reply;
import org.sllmr.llm.batch.BatchListener;
import org.sllmr.llm.batch.BatchOutcome;
import org.sllmr.llm.batch.BatchRequest;

class OpenAiBatchesTest {
    @TempDir
    private Path folder;

    private BatchServer server;
    private OpenAiBatches batches;
    private final Map<String, BatchOutcome> outcomes = new LinkedHashMap<>();

    @BeforeEach
    void start() throws IOException {
        server = new BatchServer();
        batches = OpenAiBatches.open(
                new OpenAiSettings(
                        "m",
                        server.url(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                new BatchSettings(4, 1, 0.01, 60, 0.5),
                ApiKey.NONE);
    }

    @AfterEach
    void stop() {
        batches.close();
        server.close();
    }

    private static List<BatchRequest> requests(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number ->
                        new BatchRequest("k" + number, new Prompt("s", "question " + number, Optional.empty(), 0, 9)))
                .toList();
    }

    private void ask(List<BatchRequest> requests) throws Exception {
        batches.ask(requests, folder, BatchListener.NONE, batch -> batch.forEach(this::keep));
    }

    private void keep(BatchOutcome outcome) {
        assertThat(outcomes.put(outcome.key(), outcome))
                .as("twice: %s", outcome)
                .isNull();
    }

    private Reply reply(int number) {
        return new Reply("re: question " + number, Reply.Finish.COMPLETE, 3, 4, List.of());
    }

    private void assertReplies(int from, int to) {
        for (int number = from; number < to; number++) {
            assertThat(outcomes).containsEntry("k" + number, new BatchOutcome.Replied("k" + number, reply(number)));
        }
    }

    @Test
    void everyQuestionIsAnsweredOnce() throws Exception {
        List<String> looks = new ArrayList<>();
        batches.ask(
                requests(0, 10),
                folder,
                (open, done, total) -> looks.add(open + " " + done + "/" + total),
                batch -> batch.forEach(this::keep));
        assertReplies(0, 10);
        assertThat(outcomes).hasSize(10);
        assertThat(server.made()).isEqualTo(3);
        assertThat(looks).startsWith("3 3/10").endsWith("0 10/10");
        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void failuresOfSingleQuestionsAreReported() throws Exception {
        server.answer = question -> switch (question.path("custom_id").asString()) {
            case "k1" ->
                "{\"custom_id\":\"k1\",\"response\":{\"status_code\":429,\"body\":{\"error\":{\"message\":\"slow\"}}},\"error\":null}";
            case "k2" ->
                "{\"custom_id\":\"k2\",\"response\":null,\"error\":{\"code\":\"batch_expired\",\"message\":\"late\"}}";
            case "k3" ->
                "{\"custom_id\":\"k3\",\"response\":{\"status_code\":200,\"body\":{\"choices\":[]}},\"error\":null}";
            case "k4" -> null;
            case "k5" -> "not json at all";
            case "k6" -> "{\"custom_id\":\"stranger\",\"response\":{\"status_code\":200,\"body\":{}}}";
            default -> BatchServer.reply(question);
        };
        ask(requests(0, 8));
        assertReplies(0, 1);
        assertReplies(7, 8);
        assertThat(outcomes).hasSize(8);
        assertThat(outcomes.values().stream()
                        .filter(BatchOutcome.Failed.class::isInstance)
                        .map(outcome -> outcome.key() + " " + ((BatchOutcome.Failed) outcome).kind()))
                .containsExactlyInAnyOrder(
                        "k1 RATE_LIMITED",
                        "k2 TIMEOUT",
                        "k3 MALFORMED",
                        "k4 MALFORMED",
                        "k5 MALFORMED",
                        "k6 MALFORMED");
    }

    @Test
    void aFailedBatchFailsItsQuestions() throws Exception {
        server.end = "failed";
        ask(requests(0, 2));
        assertThat(outcomes.values()).allSatisfy(outcome -> {
            BatchOutcome.Failed failed = (BatchOutcome.Failed) outcome;
            assertThat(failed.kind()).isEqualTo(Kind.RATE_LIMITED);
            assertThat(failed.message()).contains("batch_0 is failed: too much at once");
        });
        server.end = "expired";
        server.answer = question -> null;
        outcomes.clear();
        ask(requests(0, 2));
        assertThat(outcomes.values())
                .allSatisfy(outcome ->
                        assertThat(((BatchOutcome.Failed) outcome).kind()).isEqualTo(Kind.TIMEOUT));
    }

    @Test
    @Timeout(60)
    void aBatchWhoseFilesAreEmptyFailsItsQuestions() throws Exception {
        server.answer = question -> null;
        ask(requests(0, 1));
        assertThat(outcomes.get("k0"))
                .isInstanceOfSatisfying(
                        BatchOutcome.Failed.class,
                        failed -> assertThat(failed.kind()).isEqualTo(Kind.MALFORMED));
    }

    @Test
    void anInterruptedCallIsCollectedLaterAndNothingIsPaidForTwice() throws Exception {
        assertThatThrownBy(() -> batches.ask(
                        requests(0, 6),
                        folder,
                        (open, done, total) -> {
                            throw new IllegalStateException("killed");
                        },
                        batch -> batch.forEach(this::keep)))
                .hasMessage("killed");
        assertThat(server.made()).isEqualTo(2);
        assertThat(outcomes).isEmpty();
        // Some of the old questions, and new ones.
        ask(requests(3, 9));
        assertReplies(0, 9);
        assertThat(server.made()).isEqualTo(3);
        assertThat(server.inputs().get(2)).contains("k6", "k7", "k8").doesNotContain("k5");
    }

    @Test
    void aBatchWhoseIdWasLostIsFoundByItsName() throws Exception {
        server.loseNextCreation = true;
        ask(requests(0, 3));
        assertReplies(0, 3);
        assertThat(server.made()).isEqualTo(1);
    }

    @Test
    void outcomesThatWereNotStoredAreDeliveredAgain() throws Exception {
        assertThatThrownBy(() -> batches.ask(requests(0, 3), folder, BatchListener.NONE, outcome -> {
                    throw new IllegalStateException("the store is full");
                }))
                .hasMessage("the store is full");
        ask(List.of());
        assertReplies(0, 3);
        assertThat(server.made()).isEqualTo(1);
    }

    @Test
    void askingAgainCreatesAnotherBatch() throws Exception {
        ask(requests(0, 1));
        outcomes.clear();
        ask(requests(0, 1));
        assertReplies(0, 1);
        assertThat(server.made()).isEqualTo(2);
    }

    @Test
    void temporaryFailuresAreRetriedAndOthersEndTheCall() throws Exception {
        server.failNext.addAll(List.of(503, 429, 500));
        ask(requests(0, 2));
        assertReplies(0, 2);
        server.failNext.add(401);
        assertThatThrownBy(() -> ask(requests(2, 3)))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAUTHORIZED));
    }

    @Test
    void badInputIsRefused() throws IOException {
        List<BatchRequest> twice = new ArrayList<>(requests(0, 1));
        twice.addAll(requests(0, 1));
        assertThatThrownBy(() -> ask(twice)).isInstanceOf(IllegalArgumentException.class);
        Files.writeString(folder.resolve("batches.json"), "{\"open\":");
        assertThatThrownBy(() -> ask(requests(0, 1)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is damaged");
        assertThatThrownBy(() -> new BatchSettings(0, 201, 0, 60, 2))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll("maxRequests", "maxMegabytes", "pollSeconds", "priceShare");
    }
}
