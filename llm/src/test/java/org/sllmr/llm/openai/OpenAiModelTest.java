// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.core.http.Headers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.llm.LanguageModel.TokenCount;
import org.sllmr.llm.Prompt;
import org.sllmr.llm.ProviderException;
import org.sllmr.llm.ProviderException.Kind;
import org.sllmr.llm.Reply;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OpenAiModelTest {
    private static final String SECRET = "sk-do-not-show-me-1234567890";
    private static final ApiKey KEY = ApiKey.ofEnvironment(Map.of("KEY", SECRET), "KEY");
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Prompt PROMPT =
            new Prompt("Be brief.", "Red or blue?", Optional.of("{\"type\":\"object\",\"properties\":{}}"), 5, 77);

    private static final String COMPLETION = """
            {"id":"1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"finish_reason":"stop",
             "message":{"role":"assistant","content":"blue","refusal":null},
             "logprobs":{"content":[{"token":"blue","logprob":-0.5,"bytes":null,"top_logprobs":[
               {"token":"red","logprob":-1.5,"bytes":null},{"token":"blue","logprob":-0.5,"bytes":null}]}]}}],
             "usage":{"prompt_tokens":11,"completion_tokens":2,"total_tokens":13}}
            """;

    @TempDir
    private Path folder;

    private static OpenAiSettings at(String url) {
        return new OpenAiSettings(
                "m", url, Optional.of(0.25), Optional.of(9L), Optional.of("low"), Optional.empty(), Optional.empty());
    }

    private static OpenAiModel model(LoopbackServer server, ApiKey key) {
        return OpenAiModel.open(at(server.url()), key);
    }

    private static LoopbackServer answering(int status, String body) throws IOException {
        return new LoopbackServer((request, exchange) -> LoopbackServer.send(exchange, status, body));
    }

    @Test
    void aPromptIsSentOnceAndTheReplyRead() throws Exception {
        try (LoopbackServer server = answering(200, COMPLETION);
                OpenAiModel model = model(server, KEY)) {
            Reply reply = model.reply(PROMPT, TIMEOUT);
            assertThat(reply)
                    .isEqualTo(new Reply(
                            "blue",
                            Reply.Finish.COMPLETE,
                            11,
                            2,
                            List.of(new Reply.Alternative("blue", -0.5), new Reply.Alternative("red", -1.5))));
            assertThat(server.requests()).hasSize(1);
            LoopbackServer.Request request = server.requests().get(0);
            assertThat(request.path()).isEqualTo("/v1/chat/completions");
            assertThat(request.headers()).containsEntry("Authorization", List.of("Bearer " + SECRET));
            assertThat(request.headers().keySet())
                    .noneMatch(name -> name.toLowerCase().startsWith("x-stainless"));
            JsonNode expected = new JsonMapper().readTree("""
                            {"model":"m","temperature":0.25,"seed":9,"reasoning_effort":"low","max_tokens":77,
                             "logprobs":true,"top_logprobs":5,
                             "messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Red or blue?"}],
                             "response_format":{"type":"json_schema","json_schema":{"name":"answer","strict":true,
                               "schema":{"type":"object","properties":{}}}}}
                            """);
            assertThat(new JsonMapper().readTree(request.body())).isEqualTo(expected);
        }
    }

    @Test
    void absentKeySchemaAndLogProbabilitiesAreNotSent() throws Exception {
        try (LoopbackServer server = answering(200, COMPLETION);
                OpenAiModel model = OpenAiModel.open(
                        new OpenAiSettings(
                                "m",
                                server.url(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        ApiKey.NONE)) {
            model.reply(new Prompt("a", "b", Optional.empty(), 0, 5), TIMEOUT);
            assertThat(server.requests().get(0).headers()).doesNotContainKey("Authorization");
            assertThat(new JsonMapper()
                            .readTree(server.requests().get(0).body())
                            .propertyNames())
                    .containsExactlyInAnyOrder("model", "messages", "max_tokens");
        }
    }

    @ParameterizedTest
    @CsvSource({"stop,COMPLETE", "length,TRUNCATED", "content_filter,REFUSED", "eos,COMPLETE"})
    void theFinishReasonIsRead(String reason, Reply.Finish finish) throws Exception {
        try (LoopbackServer server = answering(200, COMPLETION.replace("\"stop\"", "\"" + reason + "\""));
                OpenAiModel model = model(server, KEY)) {
            assertThat(model.reply(PROMPT, TIMEOUT).finish()).isEqualTo(finish);
        }
    }

    @Test
    void aRefusalIsReadAndMissingUsageIsUnknown() throws Exception {
        String refusal = """
                {"choices":[{"message":{"role":"assistant","content":null,"refusal":"I cannot."}}]}
                """;
        try (LoopbackServer server = answering(200, refusal);
                OpenAiModel model = model(server, KEY)) {
            assertThat(model.reply(PROMPT, TIMEOUT))
                    .isEqualTo(new Reply("I cannot.", Reply.Finish.REFUSED, -1, -1, List.of()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, x, REJECTED",
        "401, x, UNAUTHORIZED",
        "402, x, NO_CREDIT",
        "403, x, UNAUTHORIZED",
        "404, x, REJECTED",
        "408, x, TIMEOUT",
        "422, x, REJECTED",
        "429, rate_limit_exceeded, RATE_LIMITED",
        "429, insufficient_quota, NO_CREDIT",
        "302, x, REJECTED",
        "500, x, SERVER",
        "503, x, SERVER",
        "529, x, SERVER"
    })
    void everyStatusHasAKind(int status, String code, Kind kind) throws Exception {
        String body = "{\"error\":{\"message\":\"no, " + SECRET + "\",\"code\":\"" + code + "\",\"type\":null}}";
        try (LoopbackServer server = answering(status, body);
                OpenAiModel model = model(server, KEY)) {
            ProviderException failure = failure(model, TIMEOUT);
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure).hasMessageContaining("HTTP " + status);
            assertThat(failure.retryAfter()).isEmpty();
            assertThat(server.requests()).as("sent once").hasSize(1);
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString()).doesNotContain(SECRET);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''",
                "not json",
                "{}",
                "[]",
                "{\"choices\":[]}",
                "{\"choices\":[{}]}",
                "{\"choices\":\"x\"}",
                "<html>gateway</html>",
                "{\"choices\":[{\"message\":{\"content\":\"cut"
            })
    void aBodyThatIsNotAReplyIsMalformed(String body) throws Exception {
        try (LoopbackServer server = answering(200, body);
                OpenAiModel model = model(server, KEY)) {
            assertThat(failure(model, TIMEOUT).kind()).isEqualTo(Kind.MALFORMED);
        }
    }

    @Test
    void anErrorWithoutJsonHasAKindToo() throws Exception {
        try (LoopbackServer server = answering(502, "<html>bad gateway</html>");
                OpenAiModel model = model(server, KEY)) {
            assertThat(failure(model, TIMEOUT).kind()).isEqualTo(Kind.SERVER);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "retry-after-ms, 1500, 1500",
        "Retry-After, 2, 2000",
        "Retry-After, 0.5, 500",
        "Retry-After, 'Wed, 21 Oct 2099 07:28:10 GMT', 10000",
        "Retry-After, 'Wed, 21 Oct 2099 07:27:00 GMT', 0",
        "Retry-After, -3, -1",
        "Retry-After, soon, -1"
    })
    void retryAfterIsReadInEveryForm(String header, String value, long millis) {
        Instant now = Instant.parse("2001-01-01T00:00:00Z");
        Headers headers = Headers.builder()
                .put(header, value)
                .put("Date", "Wed, 21 Oct 2099 07:28:00 GMT")
                .build();
        assertThat(RetryAfter.of(headers, now).map(Duration::toMillis).orElse(-1L))
                .isEqualTo(millis);
    }

    @Test
    void withoutADateHeaderRetryAfterIsComparedWithTheClock() {
        Headers headers = Headers.builder()
                .put("Retry-After", "Mon, 01 Jan 2001 00:00:07 GMT")
                .build();
        assertThat(RetryAfter.of(headers, Instant.parse("2001-01-01T00:00:00Z")))
                .contains(Duration.ofSeconds(7));
    }

    @Test
    void retryAfterIsInTheException() throws Exception {
        try (LoopbackServer server = new LoopbackServer((request, exchange) -> {
                    exchange.getResponseHeaders().set("Retry-After", "3");
                    LoopbackServer.send(exchange, 429, "{}");
                });
                OpenAiModel model = model(server, KEY)) {
            assertThat(failure(model, TIMEOUT).retryAfter()).contains(Duration.ofSeconds(3));
        }
    }

    @Test
    void hangingServersAndBodiesTimeOut() throws Exception {
        for (boolean begin : new boolean[] {false, true}) {
            CountDownLatch end = new CountDownLatch(1);
            try (LoopbackServer server = new LoopbackServer((request, exchange) -> {
                        if (begin) {
                            exchange.sendResponseHeaders(200, 1000);
                            exchange.getResponseBody().write("{".getBytes(StandardCharsets.UTF_8));
                            exchange.getResponseBody().flush();
                        }
                        end.await();
                    });
                    OpenAiModel model = model(server, KEY)) {
                long start = System.nanoTime();
                assertThat(failure(model, Duration.ofMillis(300)).kind()).isEqualTo(Kind.TIMEOUT);
                assertThat(System.nanoTime() - start).isLessThan(40_000_000_000L);
                end.countDown();
            }
        }
    }

    @Test
    void brokenConnectionsAndEndlessBodiesAreConnectionFailures() throws Exception {
        try (LoopbackServer server = new LoopbackServer((request, exchange) -> {
                    exchange.sendResponseHeaders(200, 1000);
                    exchange.getResponseBody().write(1);
                    throw new IOException("cut");
                });
                OpenAiModel model = model(server, KEY)) {
            assertThat(failure(model, TIMEOUT).kind()).isEqualTo(Kind.CONNECTION);
        }
        try (ClosedPort closed = new ClosedPort()) {
            String url = "http://127.0.0.1:" + closed.number() + "/v1";
            try (OpenAiModel model = OpenAiModel.open(at(url), KEY)) {
                ProviderException refused = failure(model, TIMEOUT);
                assertThat(refused.kind()).isEqualTo(Kind.UNREACHABLE);
                assertThat(refused).hasMessageContainingAll(url, "the connection was refused");
            }
        }
        try (LoopbackServer server = new LoopbackServer((request, exchange) -> {
                    exchange.sendResponseHeaders(200, 0);
                    byte[] spaces = new byte[1 << 20];
                    while (true) {
                        exchange.getResponseBody().write(spaces);
                    }
                });
                OpenAiModel model = model(server, KEY)) {
            ProviderException failure = failure(model, TIMEOUT);
            assertThat(failure.kind()).isEqualTo(Kind.CONNECTION);
            assertThat(failure).hasMessageContaining("longer than");
        }
    }

    @Test
    void anInterruptedThreadStopsWaiting() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (LoopbackServer server = new LoopbackServer((request, exchange) -> {
                    arrived.countDown();
                    end.await();
                });
                OpenAiModel model = model(server, KEY)) {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread thread = new Thread(() -> {
                try {
                    model.reply(PROMPT, TIMEOUT);
                } catch (InterruptedException | ProviderException e) {
                    thrown.set(e);
                }
            });
            thread.start();
            assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
            thread.interrupt();
            thread.join(50_000);
            assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
            end.countDown();
        }
    }

    @Test
    void theKeyIsNeverShown() throws Exception {
        assertThat(KEY).hasToString("[key]");
        assertThat(ApiKey.NONE).hasToString("[no key]");
        Path file = Files.writeString(folder.resolve("key"), SECRET + "\n");
        assertThat(ApiKey.ofFile(file).secret()).isEqualTo(SECRET);
        try (OpenAiModel model = OpenAiModel.open(OpenAiSettings.defaults(), KEY)) {
            assertThat(model.toString() + model.settings() + model.provider()).doesNotContain(SECRET);
        }
        Files.writeString(file, SECRET + " and more");
        assertThatThrownBy(() -> ApiKey.ofFile(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is not a key")
                .hasMessageNotContaining(SECRET);
        assertThatThrownBy(() -> ApiKey.ofFile(Files.writeString(file, "\n"))).hasMessageContaining("contains no key");
        assertThatThrownBy(() -> ApiKey.ofFile(folder.resolve("none"))).isInstanceOf(InvalidInputException.class);
        assertThat(ApiKey.ofEnvironment(Map.of(), "KEY").isPresent()).isFalse();
    }

    @Test
    void tokensAreCountedOrEstimated() {
        String text = "tiktoken is great!";
        try (OpenAiModel known = OpenAiModel.open(OpenAiSettings.defaults(), KEY);
                OpenAiModel unknown = OpenAiModel.open(at("http://localhost:1/v1"), KEY)) {
            assertThat(known.tokens(text)).isEqualTo(new TokenCount(6, true));
            assertThat(unknown.tokens(text)).isEqualTo(new TokenCount(5, false));
            assertThat(unknown.tokens("")).isEqualTo(new TokenCount(0, false));
        }
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> new OpenAiSettings(
                        " ",
                        "https://user:pass@host/v1",
                        Optional.of(3.0),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll("model", "baseUrl", "temperature");
        assertThatThrownBy(() -> new OpenAiSettings(
                        "m",
                        "localhost:8000",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .hasMessageContaining("baseUrl");
    }

    private static ProviderException failure(OpenAiModel model, Duration timeout) {
        return catchThrowableOfType(ProviderException.class, () -> model.reply(PROMPT, timeout));
    }
}
