// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.openai.core.JsonField;
import com.openai.core.JsonValue;
import com.openai.core.ObjectMappers;
import com.openai.errors.OpenAIInvalidDataException;
import com.openai.models.ReasoningEffort;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionTokenLogprob;
import com.openai.models.completions.CompletionUsage;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.sllmr.teacher.language.Prompt;
import org.sllmr.teacher.language.ProviderException;
import org.sllmr.teacher.language.Reply;

/** One prompt as a chat completion and one chat completion as a reply. */
final class ChatExchange {
    private static final String SCHEMA_NAME = "answer";
    private static final int NOT_SAID = -1;

    private final OpenAiSettings settings;
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
        prompt.schema().ifPresent(schema -> request.responseFormat(format(schema)));
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

    private static ResponseFormatJsonSchema format(String schema) {
        ResponseFormatJsonSchema.JsonSchema.Schema.Builder properties =
                ResponseFormatJsonSchema.JsonSchema.Schema.builder();
        try {
            for (Map.Entry<String, JsonNode> property :
                    ObjectMappers.jsonMapper().readTree(schema).properties()) {
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
     * Reads a completion.
     *
     * @throws ProviderException if it lacks what every completion has
     */
    Reply reply(ChatCompletion completion) throws ProviderException {
        try {
            List<ChatCompletion.Choice> choices = completion.choices();
            if (choices.isEmpty()) {
                throw failures.malformed("the completion has no choices");
            }
            ChatCompletion.Choice choice = choices.get(0);
            Optional<String> refusal = choice.message().refusal().filter(text -> !text.isBlank());
            return new Reply(
                    choice.message().content().or(() -> refusal).orElse(""),
                    refusal.isPresent() ? Reply.Finish.REFUSED : finish(choice),
                    tokens(completion, CompletionUsage::_promptTokens),
                    tokens(completion, CompletionUsage::_completionTokens),
                    alternatives(choice));
        } catch (OpenAIInvalidDataException e) {
            throw failures.malformed("the completion lacks a field: " + e.getMessage());
        }
    }

    private static Reply.Finish finish(ChatCompletion.Choice choice) {
        return switch (choice._finishReason()
                .asKnown()
                .map(ChatCompletion.Choice.FinishReason::asString)
                .orElse("")) {
            case "length" -> Reply.Finish.TRUNCATED;
            case "content_filter" -> Reply.Finish.REFUSED;
            default -> Reply.Finish.COMPLETE;
        };
    }

    private static int tokens(ChatCompletion completion, Function<CompletionUsage, JsonField<Long>> which) {
        return completion
                .usage()
                .map(which)
                .flatMap(JsonField::asKnown)
                .filter(tokens -> tokens >= 0 && tokens <= Integer.MAX_VALUE)
                .map(Long::intValue)
                .orElse(NOT_SAID);
    }

    private static List<Reply.Alternative> alternatives(ChatCompletion.Choice choice) {
        List<ChatCompletionTokenLogprob> tokens = choice.logprobs()
                .flatMap(ChatCompletion.Choice.Logprobs::content)
                .orElse(List.of());
        return tokens.isEmpty()
                ? List.of()
                : tokens.get(0).topLogprobs().stream()
                        .map(top -> new Reply.Alternative(top.token(), top.logprob()))
                        .sorted(Comparator.comparingDouble(Reply.Alternative::logProbability)
                                .reversed())
                        .toList();
    }
}
