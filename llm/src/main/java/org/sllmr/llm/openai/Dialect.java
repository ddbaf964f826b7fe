// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The parts of the API that a server accepts, which differ between servers.
 *
 * @param format how JSON is requested
 * @param limit name of the field that limits the tokens of a reply
 * @param temperature whether a temperature is sent
 * @param seed whether a seed is sent
 * @param reasoningEffort whether a reasoning effort is sent
 */
record Dialect(ResponseFormat format, TokenLimit limit, boolean temperature, boolean seed, boolean reasoningEffort) {
    private static final String LEFT_OUT = "left out: the server refuses it";

    /** Words of refusals for a value that is too large, not for an unknown name. */
    private static final List<String> SIZE_WORDS = List.of(
            "context length", "context window", "context_length", "too large", "too long", "at least", "exceed");

    /** The dialect to try first. */
    static Dialect of(OpenAiSettings settings) {
        return new Dialect(
                settings.responseFormat().orElse(ResponseFormat.JSON_SCHEMA),
                settings.tokenLimit()
                        .orElse(settings.isOpenAi() ? TokenLimit.MAX_COMPLETION_TOKENS : TokenLimit.MAX_TOKENS),
                settings.temperature().isPresent(),
                settings.seed().isPresent(),
                settings.reasoningEffort().isPresent());
    }

    /** The dialect to try after a refusal with a message; empty if the message is not about the form. */
    Optional<Dialect> after(String words, OpenAiSettings settings) {
        String lower = words.toLowerCase(Locale.ROOT);
        if (SIZE_WORDS.stream().anyMatch(lower::contains)) {
            return Optional.empty();
        }
        if (lower.contains(name(limit)) && settings.tokenLimit().isEmpty() && limit == first(settings)) {
            return Optional.of(new Dialect(format, other(limit), temperature, seed, reasoningEffort));
        }
        if (format != ResponseFormat.NONE
                && settings.responseFormat().isEmpty()
                && (lower.contains("response_format")
                        || lower.contains("response format")
                        || lower.contains("json_schema")
                        || lower.contains("json_object")
                        || lower.contains("structured output")
                        || lower.contains("grammar"))) {
            ResponseFormat next =
                    format == ResponseFormat.JSON_SCHEMA ? ResponseFormat.JSON_OBJECT : ResponseFormat.NONE;
            return Optional.of(new Dialect(next, limit, temperature, seed, reasoningEffort));
        }
        if (temperature && lower.contains("temperature")) {
            return Optional.of(new Dialect(format, limit, false, seed, reasoningEffort));
        }
        if (reasoningEffort && lower.contains("reasoning")) {
            return Optional.of(new Dialect(format, limit, temperature, seed, false));
        }
        if (seed && lower.contains("seed")) {
            return Optional.of(new Dialect(format, limit, temperature, false, reasoningEffort));
        }
        return Optional.empty();
    }

    /** The differences from the first dialect, by the settings' names. */
    Map<String, String> adaptations(OpenAiSettings settings) {
        Dialect first = of(settings);
        Map<String, String> adapted = new LinkedHashMap<>();
        if (format != first.format) {
            adapted.put("responseFormat", format.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        if (limit != first.limit) {
            adapted.put("tokenLimit", limit.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        if (temperature != first.temperature) {
            adapted.put("temperature", LEFT_OUT);
        }
        if (seed != first.seed) {
            adapted.put("seed", LEFT_OUT);
        }
        if (reasoningEffort != first.reasoningEffort) {
            adapted.put("reasoningEffort", LEFT_OUT);
        }
        return adapted;
    }

    /** The field's name in a request. */
    static String name(TokenLimit limit) {
        return limit.name().toLowerCase(Locale.ROOT);
    }

    private static TokenLimit first(OpenAiSettings settings) {
        return of(settings).limit;
    }

    private static TokenLimit other(TokenLimit limit) {
        return limit == TokenLimit.MAX_TOKENS ? TokenLimit.MAX_COMPLETION_TOKENS : TokenLimit.MAX_TOKENS;
    }
}
