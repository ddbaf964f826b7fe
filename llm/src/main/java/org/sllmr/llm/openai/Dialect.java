// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What of the API a server takes; it differs from server to server, and a refusal tells.
 *
 * @param format how the answer is asked to be JSON
 * @param limit what the most tokens of a reply are called
 * @param temperature whether a temperature is named
 * @param seed whether a seed is named
 * @param reasoningEffort whether an effort is named
 */
record Dialect(ResponseFormat format, TokenLimit limit, boolean temperature, boolean seed, boolean reasoningEffort) {
    private static final String LEFT_OUT = "left out: the server refuses it";

    /** What speaks of a value that is too large, and not of a name that is unknown. */
    private static final List<String> OF_SIZE = List.of(
            "context length", "context window", "context_length", "too large", "too long", "at least", "exceed");

    /** What is tried first. */
    static Dialect of(OpenAiSettings settings) {
        return new Dialect(
                settings.responseFormat().orElse(ResponseFormat.JSON_SCHEMA),
                settings.tokenLimit()
                        .orElse(settings.isOpenAi() ? TokenLimit.MAX_COMPLETION_TOKENS : TokenLimit.MAX_TOKENS),
                settings.temperature().isPresent(),
                settings.seed().isPresent(),
                settings.reasoningEffort().isPresent());
    }

    /** What to try after a refusal in these words; empty where they say nothing of the form. */
    Optional<Dialect> after(String words, OpenAiSettings settings) {
        String told = words.toLowerCase(Locale.ROOT);
        if (OF_SIZE.stream().anyMatch(told::contains)) {
            return Optional.empty();
        }
        if (told.contains(name(limit)) && settings.tokenLimit().isEmpty() && limit == first(settings)) {
            return Optional.of(new Dialect(format, other(limit), temperature, seed, reasoningEffort));
        }
        if (format != ResponseFormat.NONE
                && settings.responseFormat().isEmpty()
                && (told.contains("response_format")
                        || told.contains("response format")
                        || told.contains("json_schema")
                        || told.contains("json_object")
                        || told.contains("structured output")
                        || told.contains("grammar"))) {
            ResponseFormat next =
                    format == ResponseFormat.JSON_SCHEMA ? ResponseFormat.JSON_OBJECT : ResponseFormat.NONE;
            return Optional.of(new Dialect(next, limit, temperature, seed, reasoningEffort));
        }
        if (temperature && told.contains("temperature")) {
            return Optional.of(new Dialect(format, limit, false, seed, reasoningEffort));
        }
        if (reasoningEffort && told.contains("reasoning")) {
            return Optional.of(new Dialect(format, limit, temperature, seed, false));
        }
        if (seed && told.contains("seed")) {
            return Optional.of(new Dialect(format, limit, temperature, false, reasoningEffort));
        }
        return Optional.empty();
    }

    /** What is asked otherwise than the settings say, by the settings' names. */
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
