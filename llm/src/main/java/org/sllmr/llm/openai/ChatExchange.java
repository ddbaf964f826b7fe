// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.openai.core.JsonValue;
import com.openai.core.ObjectMappers;
import com.openai.models.ReasoningEffort;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.sllmr.llm.Prompt;
import org.sllmr.llm.ProviderException;
import org.sllmr.llm.Reply;

/** One prompt as a chat completion and one chat completion as a reply. */
final class ChatExchange {
    private static final String SCHEMA_NAME = "answer";
    private static final int NOT_SAID = -1;

    private static final JsonMapper JSON = ObjectMappers.jsonMapper();

    /** There are as many as there are numbers of candidates; this many and more are built anew. */
    private static final int MOST_FORMATS = 200;

    private final OpenAiSettings settings;
    private final Map<String, ResponseFormatJsonSchema> formats = new ConcurrentHashMap<>();
    private final Failures failures;

    ChatExchange(OpenAiSettings settings, Failures failures) {
        this.settings = settings;
        this.failures = failures;
    }

    ChatCompletionCreateParams request(Prompt prompt) {
        ChatCompletionCreateParams.Builder request = ChatCompletionCreateParams.builder()
                .model(settings.model())
                .addSystemMessage(prompt.system())
                .addUserMessage(prompt.user());
        settings.temperature().ifPresent(value -> request.temperature(value.doubleValue()));
        settings.seed().ifPresent(value -> request.putAdditionalBodyProperty("seed", JsonValue.from(value)));
        settings.reasoningEffort().ifPresent(value -> request.reasoningEffort(ReasoningEffort.of(value)));
        prompt.schema().ifPresent(schema -> request.responseFormat(knownFormat(schema)));
        if (prompt.logProbabilities() > 0) {
            request.logprobs(true).topLogprobs(prompt.logProbabilities());
        }
        if (settings.isOpenAi()) {
            request.maxCompletionTokens(prompt.maxTokens());
        } else {
            // The older name, which OpenAI's reasoning models refuse, is the one that every other server knows.
            request.putAdditionalBodyProperty("max_tokens", JsonValue.from(prompt.maxTokens()));
        }
        return request.build();
    }

    private ResponseFormatJsonSchema knownFormat(String schema) {
        ResponseFormatJsonSchema known = formats.get(schema);
        if (known == null) {
            known = format(schema);
            if (formats.size() < MOST_FORMATS) {
                formats.put(schema, known);
            }
        }
        return known;
    }

    private static ResponseFormatJsonSchema format(String schema) {
        ResponseFormatJsonSchema.JsonSchema.Schema.Builder properties =
                ResponseFormatJsonSchema.JsonSchema.Schema.builder();
        try {
            for (Map.Entry<String, JsonNode> property : JSON.readTree(schema).properties()) {
                properties.putAdditionalProperty(property.getKey(), JsonValue.fromJsonNode(property.getValue()));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the schema is no JSON", e);
        }
        return ResponseFormatJsonSchema.builder()
                .jsonSchema(ResponseFormatJsonSchema.JsonSchema.builder()
                        .name(SCHEMA_NAME)
                        .strict(true)
                        .schema(properties.build())
                        .build())
                .build();
    }

    /**
     * Reads a completion from its bytes: the provider's client would bind all of it, for the few fields that are needed.
     *
     * @throws ProviderException if it is none
     * @throws IOException if it cannot be read to its end
     */
    Reply reply(InputStream body) throws ProviderException, IOException {
        try {
            return reply(JSON.readTree(body));
        } catch (JsonProcessingException e) {
            throw failures.malformed("the response is no JSON: " + e.getOriginalMessage());
        }
    }

    /**
     * Reads a completion.
     *
     * @throws ProviderException if it lacks what every completion has
     */
    Reply reply(JsonNode completion) throws ProviderException {
        JsonNode choice = completion.path("choices").path(0);
        JsonNode message = choice.path("message");
        if (!message.isObject()) {
            throw failures.malformed("the completion has no choices with a message");
        }
        String refusal = text(message, "refusal");
        String content = text(message, "content");
        boolean refused = !refusal.isBlank();
        return new Reply(
                content.isEmpty() && refused ? refusal : content,
                refused ? Reply.Finish.REFUSED : finish(choice),
                tokens(completion, "prompt_tokens"),
                tokens(completion, "completion_tokens"),
                alternatives(choice));
    }

    private String text(JsonNode message, String field) throws ProviderException {
        JsonNode value = message.path(field);
        if (!value.isMissingNode() && !value.isNull() && !value.isTextual()) {
            throw failures.malformed("the message's " + field + " is no text");
        }
        return value.asText("");
    }

    private static Reply.Finish finish(JsonNode choice) {
        return switch (choice.path("finish_reason").asText("")) {
            case "length" -> Reply.Finish.TRUNCATED;
            case "content_filter" -> Reply.Finish.REFUSED;
            default -> Reply.Finish.COMPLETE;
        };
    }

    private static int tokens(JsonNode completion, String which) {
        JsonNode tokens = completion.path("usage").path(which);
        return tokens.isIntegralNumber() && tokens.canConvertToInt() && tokens.intValue() >= 0
                ? tokens.intValue()
                : NOT_SAID;
    }

    private List<Reply.Alternative> alternatives(JsonNode choice) throws ProviderException {
        List<Reply.Alternative> alternatives = new ArrayList<>();
        for (JsonNode top : choice.path("logprobs").path("content").path(0).path("top_logprobs")) {
            if (!top.path("token").isTextual() || !top.path("logprob").isNumber()) {
                throw failures.malformed("a log-probability lacks its token or its value");
            }
            alternatives.add(new Reply.Alternative(
                    top.path("token").asText(), top.path("logprob").asDouble()));
        }
        alternatives.sort(
                Comparator.comparingDouble(Reply.Alternative::logProbability).reversed());
        return alternatives;
    }
}
