// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.openai.core.ObjectMappers;
import com.openai.models.chat.completions.ChatCompletion;
import java.util.Optional;
import org.sllmr.teacher.batch.BatchOutcome;
import org.sllmr.teacher.batch.BatchRequest;
import org.sllmr.teacher.language.ProviderException;
import org.sllmr.teacher.language.ProviderException.Kind;

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

    private ChatCompletion completion(JsonNode line) throws ProviderException {
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
        try {
            return JSON.treeToValue(body, ChatCompletion.class);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw failures.malformed("the completion cannot be read");
        }
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
