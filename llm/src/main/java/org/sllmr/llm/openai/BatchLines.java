// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.openai.core.ObjectMappers;
import java.util.Optional;
import java.util.Set;
import org.sllmr.llm.ProviderException;
import org.sllmr.llm.ProviderException.Kind;
import org.sllmr.llm.batch.BatchOutcome;
import org.sllmr.llm.batch.BatchRequest;

/** Questions and outcomes as lines of a batch's files. */
final class BatchLines {
    private static final JsonMapper JSON = ObjectMappers.jsonMapper();
    private static final ProviderError NOTHING_SAID = new ProviderError("", "", "", "");

    private final ChatExchange exchange;
    private final Failures failures;
    private final DialectLearner learner;

    BatchLines(ChatExchange exchange, Failures failures, DialectLearner learner) {
        this.exchange = exchange;
        this.failures = failures;
        this.learner = learner;
    }

    String question(BatchRequest request) {
        ObjectNode line = JSON.createObjectNode();
        line.put("custom_id", request.key()).put("method", "POST").put("url", "/v1/chat/completions");
        line.set(
                "body",
                JSON.valueToTree(
                        exchange.request(request.prompt(), learner.known())._body()));
        return line.toString();
    }

    /** The dialect of a question. */
    Dialect dialect(String question) {
        JsonNode body;
        try {
            body = JSON.readTree(question).path("body");
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException(damaged);
        }
        ResponseFormat format =
                switch (body.path("response_format").path("type").asText("")) {
                    case "json_schema" -> ResponseFormat.JSON_SCHEMA;
                    case "json_object" -> ResponseFormat.JSON_OBJECT;
                    default -> ResponseFormat.NONE;
                };
        TokenLimit limit = body.has(Dialect.name(TokenLimit.MAX_TOKENS))
                ? TokenLimit.MAX_TOKENS
                : TokenLimit.MAX_COMPLETION_TOKENS;
        return new Dialect(format, limit, body.has("temperature"), body.has("seed"), body.has("reasoning_effort"));
    }

    /**
     * The outcome in a line, or empty if there is none.
     *
     * <p>A refusal of the form counts as a temporary failure, because the next attempt uses another form.
     *
     * @param asked dialect of the batch's questions
     */
    Optional<BatchOutcome> outcome(String text, Dialect asked) {
        JsonNode line;
        try {
            line = JSON.readTree(text);
        } catch (JsonProcessingException damaged) {
            return Optional.empty();
        }
        String key = line.path("custom_id").asText("");
        if (key.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BatchOutcome.Replied(key, exchange.reply(completion(line))));
        } catch (ProviderException failure) {
            Optional<Dialect> other = learner.after(failure, asked, Set.of(asked));
            other.ifPresent(learner::learn);
            return Optional.of(new BatchOutcome.Failed(
                    key,
                    other.isPresent() ? Kind.SERVER : failure.kind(),
                    String.valueOf(failure.getMessage()),
                    failure.usage()));
        }
    }

    private JsonNode completion(JsonNode line) throws ProviderException {
        JsonNode error = line.path("error");
        if (!error.path("code").asText("").isEmpty()) {
            throw failures.failed(
                    kind(error.path("code").asText()), error.path("message").asText(), Optional.empty());
        }
        JsonNode response = line.path("response");
        int status = response.path("status_code").asInt();
        JsonNode body = response.path("body");
        if (status != 200) {
            throw failures.status(status, ProviderError.of(body).orElse(NOTHING_SAID));
        }
        return body;
    }

    /** The kind of failure for an error code of a batch or question. */
    static Kind kind(String code) {
        return switch (code) {
            case "batch_expired" -> Kind.TIMEOUT;
            case "batch_cancelled", "request_timeout" -> Kind.SERVER;
            case "token_limit_exceeded", "rate_limit_exceeded" -> Kind.RATE_LIMITED;
            case "insufficient_quota", "billing_hard_limit_reached" -> Kind.NO_CREDIT;
            default -> Kind.REJECTED;
        };
    }
}
