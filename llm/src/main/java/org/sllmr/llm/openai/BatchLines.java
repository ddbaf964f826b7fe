// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.openai.core.ObjectMappers;
import java.util.Optional;
import org.sllmr.llm.ProviderException;
import org.sllmr.llm.ProviderException.Kind;
import org.sllmr.llm.batch.BatchOutcome;
import org.sllmr.llm.batch.BatchRequest;

/** One question and one outcome as lines of a batch's files. */
final class BatchLines {
    private static final JsonMapper JSON = ObjectMappers.jsonMapper();

    private final ChatExchange exchange;
    private final Failures failures;

    BatchLines(ChatExchange exchange, Failures failures) {
        this.exchange = exchange;
        this.failures = failures;
    }

    String question(BatchRequest request) {
        ObjectNode line = JSON.createObjectNode();
        line.put("custom_id", request.key()).put("method", "POST").put("url", "/v1/chat/completions");
        line.set("body", JSON.valueToTree(exchange.request(request.prompt())._body()));
        return line.toString();
    }

    /** The outcome that a line tells, or empty if it tells none. */
    Optional<BatchOutcome> outcome(String text) {
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
            return Optional.of(new BatchOutcome.Failed(key, failure.kind(), String.valueOf(failure.getMessage())));
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
            JsonNode refused = body.path("error");
            throw failures.status(
                    status,
                    refused.path("code").asText(""),
                    refused.path("type").asText(""),
                    refused.path("message").asText(""));
        }
        return body;
    }

    /** What a code of a batch, or of a question in it, means for asking again. */
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
