// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * An error as servers tell it: in {@code error}, as text or as an object, or by itself in {@code message} or {@code detail}.
 *
 * @param words what happened, "" where nobody says
 * @param code a number or a name, ""
 * @param type kind of error, ""
 * @param parameter which field of the request it is about, ""
 */
record ProviderError(String words, String code, String type, String parameter) {
    /** The error that a body holds, whatever its status. */
    static Optional<ProviderError> of(JsonNode body) {
        JsonNode error = body.path("error");
        if (error.isTextual() && !error.asText().isBlank()) {
            return Optional.of(new ProviderError(error.asText(), "", "", ""));
        }
        if (error.isObject()) {
            return Optional.of(of(error, words(error)));
        }
        String words = words(body);
        return words.isEmpty() ? Optional.empty() : Optional.of(of(body, words));
    }

    /** The error of a reply that came with a success: only what says of itself that it is one. */
    static Optional<ProviderError> ofSuccess(JsonNode body) {
        boolean named = body.path("error").isObject() || body.path("error").isTextual();
        boolean object = body.path("object").asText("").equals("error");
        return named || object || (body.has("detail") && !body.has("choices")) ? of(body) : Optional.empty();
    }

    private static ProviderError of(JsonNode error, String words) {
        return new ProviderError(words, text(error, "code"), text(error, "type"), text(error, "param"));
    }

    private static String words(JsonNode error) {
        for (String name : new String[] {"message", "detail", "msg"}) {
            JsonNode value = error.path(name);
            if (value.isTextual() && !value.asText().isBlank()) {
                // A gateway repeats what the server behind it said.
                JsonNode behind = error.path("metadata").path("raw");
                return value.asText() + (behind.isTextual() ? " (" + behind.asText() + ")" : "");
            }
            if (value.isContainerNode() && !value.isEmpty()) {
                return value.toString();
            }
        }
        return "";
    }

    private static String text(JsonNode error, String name) {
        JsonNode value = error.path(name);
        return value.isNull() ? "" : value.asText("");
    }

    /** The words, and the field that they are about where they do not name it. */
    String shown() {
        return parameter.isEmpty() || words.contains(parameter) ? words : words + " (" + parameter + ")";
    }

    /** The code as an HTTP status; 0 if it is none. */
    int status() {
        return code.matches("[45][0-9]{2}") ? Integer.parseInt(code) : 0;
    }
}
