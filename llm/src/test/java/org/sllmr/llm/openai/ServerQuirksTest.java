// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.llm.Prompt;
import org.sllmr.llm.ProviderException;
import org.sllmr.llm.ProviderException.Kind;
import org.sllmr.llm.Reply;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Servers that accept less than OpenAI's, report errors differently, or are unreachable. */
class ServerQuirksTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final Prompt PROMPT =
            new Prompt("Be brief.", "Red or blue?", Optional.of("{\"type\":\"object\",\"properties\":{}}"), 0, 77);
    private static final String COMPLETION = "{\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":"
            + "{\"role\":\"assistant\",\"content\":\"blue\"}}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1}}";

    private static OpenAiSettings at(String url) {
        return new OpenAiSettings(
                "m", url, Optional.of(0.5), Optional.of(3L), Optional.of("low"), Optional.empty(), Optional.empty());
    }

    /** Returns what is wrong with a request, if anything is. */
    private interface Judge {
        Optional<String> refusal(JsonNode request);
    }

    private static LoopbackServer judging(Judge judge) throws IOException {
        return new LoopbackServer((request, exchange) -> answer(judge, request, exchange));
    }

    private static void answer(Judge judge, LoopbackServer.Request request, HttpExchange exchange) throws IOException {
        Optional<String> refusal = judge.refusal(JSON.readTree(request.body()));
        LoopbackServer.send(exchange, refusal.isPresent() ? 400 : 200, refusal.orElse(COMPLETION));
    }

    private static Optional<String> refuse(boolean when, String message, String parameter) {
        return when
                ? Optional.of(
                        "{\"error\":{\"message\":\"" + message + "\",\"type\":\"invalid_request_error\",\"param\":"
                                + (parameter.isEmpty() ? "null" : "\"" + parameter + "\"") + ",\"code\":null}}")
                : Optional.empty();
    }

    private static String format(JsonNode request) {
        return request.at("/response_format/type").asString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no schema    | responseFormat  | json-object",
                "no format    | responseFormat  | none",
                "newer limit  | tokenLimit      | max-completion-tokens",
                "temperature  | temperature     | left out: the server refuses it",
                "seed         | seed            | left out: the server refuses it",
                "effort       | reasoningEffort | left out: the server refuses it"
            })
    void anAcceptedFormIsLearnedOnceAndKept(String server, String setting, String adapted) throws Exception {
        try (LoopbackServer loopback = judging(request -> judge(server, request));
                OpenAiModel model = OpenAiModel.open(at(loopback.url()), ApiKey.NONE)) {
            assertThat(model.adaptations()).isEmpty();
            for (int asked = 0; asked < 5; asked++) {
                assertThat(model.reply(PROMPT, TIMEOUT).text()).isEqualTo("blue");
            }
            int refusals = server.equals("no format") ? 2 : 1;
            assertThat(loopback.requests())
                    .as("refused once, not for each request")
                    .hasSize(5 + refusals);
            assertThat(model.adaptations()).containsExactly(Map.entry(setting, adapted));
            assertThat(model.settings())
                    .as("the identity of the model does not change")
                    .containsOnlyKeys("temperature", "seed", "reasoningEffort");
        }
    }

    private static Optional<String> judge(String server, JsonNode request) {
        return switch (server) {
            case "no schema" ->
                refuse(format(request).equals("json_schema"), "This response_format type is unavailable now", "");
            case "no format" -> refuse(request.has("response_format"), "Extra inputs", "response_format");
            case "newer limit" ->
                refuse(
                        request.has("max_tokens"),
                        "Unsupported parameter: 'max_tokens' is not supported with this model. Use"
                                + " 'max_completion_tokens' instead.",
                        "max_tokens");
            case "temperature" ->
                refuse(
                        request.has("temperature"),
                        "Unsupported value: 'temperature' does not support 0.5 with this model.",
                        "temperature");
            case "seed" -> refuse(request.has("seed"), "Unknown name", "seed");
            default -> refuse(request.has("reasoning_effort"), "not supported", "reasoning_effort");
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "response_format: unsupported value",
                "\"response_format: unsupported value\"",
                "[\"response_format: unsupported value\"]",
                "{\"reason\":\"response_format: unsupported value\"}",
                "<html><body><h1>response_format: unsupported value</h1></body></html>"
            })
    void aRefusalInPlainTextIsUnderstoodToo(String plain) throws Exception {
        try (LoopbackServer loopback = judging(request -> format(request).equals("json_schema")
                        ? refuse(true, "This response_format type is unavailable now", "")
                        : request.has("response_format") ? Optional.of(plain) : Optional.empty());
                OpenAiModel model = OpenAiModel.open(at(loopback.url()), ApiKey.NONE)) {
            assertThat(model.reply(PROMPT, TIMEOUT).text()).isEqualTo("blue");
            assertThat(loopback.requests()).hasSize(3);
            assertThat(model.adaptations()).containsExactly(Map.entry("responseFormat", "none"));
        }
    }

    @Test
    void theTextOfARefusalIsShownCutAndWithoutControlCharacters() throws Exception {
        String body = "the moon \u001b[31mis\u0007 full" + "!".repeat(5000);
        try (LoopbackServer loopback =
                        new LoopbackServer((request, exchange) -> LoopbackServer.send(exchange, 422, body));
                OpenAiModel model = OpenAiModel.open(at(loopback.url()), ApiKey.NONE)) {
            ProviderException failure = failure(model);
            assertThat(failure).hasMessageStartingWith("HTTP 422 from " + loopback.url() + ": the moon [31mis full!!!");
            assertThat(String.valueOf(failure.getMessage())).hasSizeLessThan(600);
        }
        try (LoopbackServer loopback =
                        new LoopbackServer((request, exchange) -> LoopbackServer.send(exchange, 400, ""));
                OpenAiModel model = OpenAiModel.open(at(loopback.url()), ApiKey.NONE)) {
            assertThat(failure(model)).hasMessage("HTTP 400 from " + loopback.url() + ": no reason given");
        }
    }

    @Test
    void severalRefusalsAreLearnedInTurn() throws Exception {
        try (LoopbackServer loopback =
                        judging(request -> List.of("no format", "newer limit", "temperature", "seed").stream()
                                .flatMap(server -> judge(server, request).stream())
                                .findFirst());
                OpenAiModel model = OpenAiModel.open(at(loopback.url()), ApiKey.NONE)) {
            model.reply(PROMPT, TIMEOUT);
            model.reply(PROMPT, TIMEOUT);
            assertThat(loopback.requests()).hasSize(5 + 2);
            assertThat(model.adaptations()).containsOnlyKeys("responseFormat", "tokenLimit", "temperature", "seed");
        }
    }

    @Test
    void otherRefusalsAreNotRetried() throws Exception {
        try (LoopbackServer loopback = judging(request -> refuse(
                        true,
                        "'max_tokens' or 'max_completion_tokens' is too large: this model's maximum context length is 512",
                        ""));
                OpenAiModel model = OpenAiModel.open(at(loopback.url()), ApiKey.NONE)) {
            assertThat(failure(model)).hasMessageContaining("maximum context length is 512");
            assertThat(loopback.requests()).hasSize(1);
            assertThat(model.adaptations()).isEmpty();
        }
    }

    @Test
    void aConfiguredFormIsNotChanged() throws Exception {
        try (LoopbackServer loopback = judging(request -> judge("no schema", request))) {
            OpenAiSettings byHand = new OpenAiSettings(
                    "m",
                    loopback.url(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(ResponseFormat.JSON_OBJECT),
                    Optional.of(TokenLimit.MAX_COMPLETION_TOKENS));
            try (OpenAiModel model = OpenAiModel.open(byHand, ApiKey.NONE)) {
                model.reply(PROMPT, TIMEOUT);
                JsonNode sent = JSON.readTree(loopback.requests().get(0).body());
                assertThat(loopback.requests()).hasSize(1);
                assertThat(sent.at("/response_format/type").asString()).isEqualTo("json_object");
                assertThat(sent.propertyNames())
                        .containsExactlyInAnyOrder("model", "messages", "response_format", "max_completion_tokens");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error\":{\"message\":\"No allowed providers\",\"code\":404}}     | REJECTED     | No allowed providers",
                "{\"error\":{\"message\":\"Insufficient credits\",\"code\":402}}     | NO_CREDIT    | Insufficient credits",
                "{\"error\":{\"message\":\"slow down\",\"code\":\"429\"}}            | RATE_LIMITED | slow down",
                "{\"error\":{\"message\":\"bad key\",\"code\":\"invalid_api_key\"}}  | UNAUTHORIZED | bad key",
                "{\"error\":{\"message\":\"busy\",\"code\":503}}                     | SERVER       | busy",
                "{\"error\":{\"message\":\"busy\"}}                                  | SERVER       | busy",
                "{\"error\":\"model is loading\"}                                    | SERVER       | model is loading",
                "{\"object\":\"error\",\"message\":\"too long\",\"type\":\"BadRequestError\"} | REJECTED | too long",
                "{\"choices\":[{\"error\":{\"message\":\"died\",\"code\":502},\"message\":{\"content\":\"\"}}]}|SERVER|died"
            })
    void anErrorWithASuccessStatusIsAnError(String body, Kind kind, String words) throws Exception {
        try (LoopbackServer loopback =
                        new LoopbackServer((request, exchange) -> LoopbackServer.send(exchange, 200, body));
                OpenAiModel model = OpenAiModel.open(at(loopback.url()), ApiKey.NONE)) {
            ProviderException failure = failure(model);
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure).hasMessageContaining(words);
            assertThat(failure.mayBeBilled()).isFalse();
            assertThat(failure.usage()).isEmpty();
        }
    }

    @Test
    void anErrorCostsItsReportedTokens() throws Exception {
        String body = "{\"error\":{\"message\":\"half way\",\"code\":502},\"usage\":{\"prompt_tokens\":7}}";
        try (LoopbackServer loopback =
                        new LoopbackServer((request, exchange) -> LoopbackServer.send(exchange, 200, body));
                OpenAiModel model = OpenAiModel.open(at(loopback.url()), ApiKey.NONE)) {
            assertThat(failure(model).usage()).contains(new ProviderException.Usage(7, 0));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"detail\":\"what went wrong\"}",
                "{\"error\":\"what went wrong\"}",
                "{\"message\":\"what went wrong\"}",
                "{\"object\":\"error\",\"message\":\"what went wrong\",\"code\":400}",
                "{\"detail\":[{\"loc\":[\"body\",\"x\"],\"msg\":\"what went wrong\"}]}",
                "{\"error\":{\"message\":\"Provider error\",\"metadata\":{\"raw\":\"what went wrong\"}}}"
            })
    void theMessageOfAnErrorIsFoundInEveryForm(String body) throws Exception {
        try (LoopbackServer loopback =
                        new LoopbackServer((request, exchange) -> LoopbackServer.send(exchange, 400, body));
                OpenAiModel model = OpenAiModel.open(at(loopback.url()), ApiKey.NONE)) {
            assertThat(failure(model)).hasMessageContainingAll("HTTP 400", loopback.url(), "what went wrong");
        }
    }

    @Test
    void reasoningOnlyAndContentPartsAreRead() throws Exception {
        String reasoning = "{\"choices\":[{\"message\":{\"content\":null,\"reasoning_content\":\"blue\"}}]}";
        String parts =
                "{\"choices\":[{\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"bl\"},{\"text\":\"ue\"}]}}]}";
        for (String body : List.of(reasoning, parts)) {
            try (LoopbackServer loopback =
                            new LoopbackServer((request, exchange) -> LoopbackServer.send(exchange, 200, body));
                    OpenAiModel model = OpenAiModel.open(at(loopback.url()), ApiKey.NONE)) {
                Reply reply = model.reply(PROMPT, TIMEOUT);
                assertThat(reply.text()).isEqualTo(body.equals(reasoning) ? Reply.THINKING + "blue" : "blue");
            }
        }
    }

    @Test
    void anUnreachableAddressIsReportedWithTheReason() throws Exception {
        try (ClosedPort closed = new ClosedPort()) {
            assertUnreachable("http://127.0.0.1:" + closed.number() + "/v1", "the connection was refused");
        }
        assertUnreachable("http://no-such-host.invalid/v1", "the host 'no-such-host.invalid' is unknown");
        try (ServerSocket plain = new ServerSocket(0)) {
            Thread server = new Thread(() -> {
                try (Socket client = plain.accept()) {
                    client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                    client.getInputStream().readNBytes(1000);
                } catch (IOException e) {
                    // The test ends, or the client has closed the connection.
                }
            });
            server.start();
            assertUnreachable("https://127.0.0.1:" + plain.getLocalPort() + "/v1", "does not speak TLS");
            server.join();
        }
    }

    private static void assertUnreachable(String url, String reason) throws InterruptedException {
        try (OpenAiModel model = OpenAiModel.open(at(url), ApiKey.NONE, Map.of())) {
            long start = System.nanoTime();
            ProviderException failure = failure(model);
            assertThat(failure).hasMessageContainingAll(url, reason);
            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(failure.mayBeBilled()).isFalse();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
        }
    }

    @Test
    void aProxyOfTheEnvironmentIsUsed() throws Exception {
        try (LoopbackServer proxy = judging(request -> Optional.empty())) {
            String address = proxy.url().replace("/v1", "");
            Map<String, String> environment =
                    Map.of("HTTP_PROXY", address.replace("//", "//me:pass%20word@"), "no_proxy", "127.0.0.1,.local");
            try (OpenAiModel model = OpenAiModel.open(at("http://model.invalid/v1"), ApiKey.NONE, environment)) {
                assertThat(model.reply(PROMPT, TIMEOUT).text()).isEqualTo("blue");
                // "me:pass word"
                assertThat(proxy.requests().get(0).headers())
                        .containsEntry("Proxy-authorization", List.of("Basic bWU6cGFzcyB3b3Jk"));
            }
            int before = proxy.requests().size();
            try (LoopbackServer direct = judging(request -> Optional.empty());
                    OpenAiModel model = OpenAiModel.open(at(direct.url()), ApiKey.NONE, environment)) {
                model.reply(PROMPT, TIMEOUT);
                assertThat(direct.requests()).hasSize(1);
                assertThat(proxy.requests()).hasSize(before);
            }
        }
    }

    @Test
    void anUnreachableProxyIsReportedWithoutItsPassword() throws Exception {
        try (ClosedPort closed = new ClosedPort()) {
            String proxy = "127.0.0.1:" + closed.number();
            Map<String, String> environment = Map.of("https_proxy", "http://me:secret@" + proxy);
            try (OpenAiModel model = OpenAiModel.open(at("https://model.invalid/v1"), ApiKey.NONE, environment)) {
                assertThat(failure(model))
                        .hasMessageContainingAll(
                                "https://model.invalid/v1", "through the proxy http://" + proxy, "https_proxy")
                        .hasMessageNotContaining("secret");
            }
        }
        for (String wrong : List.of("socks5://me:secret@host:1", "http://me:secret@ho st", "http://me:secret@")) {
            assertThatThrownBy(() -> Proxies.of(Map.of("ALL_PROXY", wrong)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContainingAll("ALL_PROXY", "allowed is http://")
                    .hasMessageNotContaining("secret");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://a.example/v1, true",
        "http://b.a.example/v1, true",
        "http://ba.example/v1, false",
        "http://c.example/v1, true",
        "http://x.c.example/v1, true",
        "http://d.example:8000/v1, true",
        "http://d.example:8001/v1, false",
        "http://10.0.0.1/v1, true",
        "http://other/v1, false"
    })
    void noProxyMatchesHostsByDomain(String url, boolean direct) {
        Proxies proxies = Proxies.of(Map.of(
                "http_proxy", "proxy.example:3128", "NO_PROXY", "a.example, .c.example d.example:8000,10.0.0.1"));
        assertThat(proxies.shown(URI.create(url)).isEmpty()).isEqualTo(direct);
        assertThat(Proxies.of(Map.of("http_proxy", "p:1", "no_proxy", "*")).shown(URI.create(url)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:SECRET@host/v1",
                "https://user:SE/SECRET@host/v1",
                "https://host/v1?api_key=SECRET",
                "https://host/v1#SECRET",
                "https://user:SECRET @host/v1",
                "ftp://SECRET@host"
            })
    void aKeyInAUrlIsRefusedAndNotShown(String url) {
        assertThatThrownBy(() -> OpenAiSettings.of("m", url))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll("baseUrl", "a key does not belong there")
                .hasMessageNotContaining("SECRET");
    }

    @Test
    void unusualCharactersAreSentAsValidJson() throws Exception {
        try (LoopbackServer loopback = judging(request -> Optional.empty());
                OpenAiModel model = OpenAiModel.open(at(loopback.url()), ApiKey.NONE)) {
            String odd = "a lone \ud83d half, an escape \u001b[31m, a quote \" and \ud83d\ude00";
            model.reply(new Prompt(odd, odd, Optional.empty(), 0, 5), TIMEOUT);
            JsonNode body = JSON.readTree(loopback.requests().get(0).body());
            assertThat(body.at("/messages/1/content").asString())
                    .startsWith("a lone ")
                    .contains(" half, an escape \u001b[31m, a quote \" and \ud83d\ude00");
        }
    }

    private static ProviderException failure(OpenAiModel model) {
        return catchThrowableOfType(ProviderException.class, () -> model.reply(PROMPT, TIMEOUT));
    }
}
