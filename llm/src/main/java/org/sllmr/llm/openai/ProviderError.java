// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * An error in a server's body: in {@code error}, as text or as an object, or in {@code message} or {@code detail}.
 *
 * @param words the message, or ""
 * @param code a number or a name, or ""
 * @param type kind of error, or ""
 * @param parameter field of the request that caused it, or ""
 */
record ProviderError(String words, String code, String type, String parameter) {
    /** The error in a body with any status. */
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

    /** The error in a body with a success status, if it is marked as an error. */
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
                // A gateway repeats the message of the server behind it.
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

    /** The message, with the field that caused the error if the message does not name it. */
    String shown() {
        return parameter.isEmpty() || words.contains(parameter) ? words : words + " (" + parameter + ")";
    }

    /** The code as an HTTP status, or 0 if it is not one. */
    int status() {
        return code.matches("[45][0-9]{2}") ? Integer.parseInt(code) : 0;
    }
}
