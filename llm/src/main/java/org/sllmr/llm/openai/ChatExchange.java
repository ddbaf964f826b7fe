// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.openai.core.JsonValue;
import com.openai.core.ObjectMappers;
import com.openai.models.ReasoningEffort;
import com.openai.models.ResponseFormatJsonObject;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.sllmr.llm.Prompt;
import org.sllmr.llm.ProviderException;
import org.sllmr.llm.Reply;

/** Turns prompts into requests for chat completions, and chat completions into replies. */
final class ChatExchange {
    private static final String SCHEMA_NAME = "answer";
    private static final int NOT_SAID = -1;
    private static final List<String> REASONING = List.of("reasoning_content", "reasoning");

    private static final JsonMapper JSON = ObjectMappers.jsonMapper();

    /** Limit of cached formats, of which there is one for each number of candidates. */
    private static final int MAX_FORMATS = 200;

    private final OpenAiSettings settings;
    private final Map<String, ResponseFormatJsonSchema> formats = new ConcurrentHashMap<>();
    private final Failures failures;

    ChatExchange(OpenAiSettings settings, Failures failures) {
        this.settings = settings;
        this.failures = failures;
    }

    ChatCompletionCreateParams request(Prompt prompt, Dialect dialect) {
        ChatCompletionCreateParams.Builder request = ChatCompletionCreateParams.builder()
                .model(settings.model())
                .addSystemMessage(prompt.system())
                .addUserMessage(prompt.user());
        if (dialect.temperature()) {
            settings.temperature().ifPresent(value -> request.temperature(value.doubleValue()));
        }
        if (dialect.seed()) {
            settings.seed().ifPresent(value -> request.putAdditionalBodyProperty("seed", JsonValue.from(value)));
        }
        if (dialect.reasoningEffort()) {
            settings.reasoningEffort().ifPresent(value -> request.reasoningEffort(ReasoningEffort.of(value)));
        }
        if (prompt.schema().isPresent()) {
            switch (dialect.format()) {
                case JSON_SCHEMA ->
                    request.responseFormat(knownFormat(prompt.schema().get()));
                case JSON_OBJECT ->
                    request.responseFormat(ResponseFormatJsonObject.builder().build());
                case NONE -> {}
            }
        }
        if (prompt.logProbabilities() > 0) {
            request.logprobs(true).topLogprobs(prompt.logProbabilities());
        }
        request.putAdditionalBodyProperty(Dialect.name(dialect.limit()), JsonValue.from(prompt.maxTokens()));
        return request.build();
    }

    private ResponseFormatJsonSchema knownFormat(String schema) {
        ResponseFormatJsonSchema known = formats.get(schema);
        if (known == null) {
            known = format(schema);
            if (formats.size() < MAX_FORMATS) {
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
            throw new IllegalArgumentException("the schema is not JSON", e);
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
     * Reads a completion from its bytes. The provider's client would bind all fields, but few are needed.
     *
     * @throws ProviderException if it is not a completion
     * @throws IOException if it cannot be read to its end
     */
    Reply reply(InputStream body) throws ProviderException, IOException {
        try {
            return reply(JSON.readTree(body));
        } catch (JsonProcessingException e) {
            throw failures.malformed("the response is not JSON: " + e.getOriginalMessage());
        }
    }

    /**
     * Reads a completion.
     *
     * @throws ProviderException if it lacks required fields, or is an error with a success status
     */
    Reply reply(JsonNode completion) throws ProviderException {
        JsonNode choice = completion.path("choices").path(0);
        JsonNode message = choice.path("message");
        Optional<ProviderError> error = ProviderError.ofSuccess(completion).or(() -> ProviderError.ofSuccess(choice));
        if (error.isPresent()) {
            throw failures.inSuccess(error.get(), usage(completion));
        }
        if (!message.isObject()) {
            throw failures.malformed("the completion has no choices with a message");
        }
        String refusal = text(message, "refusal");
        String content = text(message, "content");
        boolean refused = !refusal.isBlank();
        return new Reply(
                content.isBlank() ? (refused ? refusal : reasoning(message)) : content,
                refused ? Reply.Finish.REFUSED : finish(choice),
                tokens(completion, "prompt_tokens"),
                tokens(completion, "completion_tokens"),
                alternatives(choice));
    }

    /** The reasoning, if there is no content. */
    private static String reasoning(JsonNode message) {
        for (String name : REASONING) {
            JsonNode reasoning = message.path(name);
            if (reasoning.isTextual() && !reasoning.asText().isBlank()) {
                return Reply.THINKING + reasoning.asText();
            }
        }
        return "";
    }

    private static Optional<ProviderException.Usage> usage(JsonNode completion) {
        int prompt = tokens(completion, "prompt_tokens");
        int reply = tokens(completion, "completion_tokens");
        return prompt == NOT_SAID && reply == NOT_SAID
                ? Optional.empty()
                : Optional.of(new ProviderException.Usage(Math.max(0, prompt), Math.max(0, reply)));
    }

    private String text(JsonNode message, String field) throws ProviderException {
        JsonNode value = message.path(field);
        if (value.isArray()) {
            // Some servers return content in parts.
            StringBuilder parts = new StringBuilder();
            value.forEach(part -> parts.append(part.path("text").asText("")));
            return parts.toString();
        }
        if (!value.isMissingNode() && !value.isNull() && !value.isTextual()) {
            throw failures.malformed("the message's " + field + " is not text");
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
