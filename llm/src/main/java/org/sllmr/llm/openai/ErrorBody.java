// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Bodies of responses with an error status. The provider's client discards one that is no JSON object. */
final class ErrorBody {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    /** More than any message shows, so that a page of a proxy is not carried along. */
    private static final int MAX_TEXT = 4000;

    private ErrorBody() {}

    /** The body itself if it is a JSON object or empty, else an object with its text in {@code message}. */
    static byte[] asObject(byte[] body) {
        String text;
        try {
            JsonNode json = JSON.readTree(body);
            if (json == null || json.isMissingNode() || json.isObject()) {
                return body;
            }
            text = json.isTextual() ? json.asText() : json.toString();
        } catch (IOException plain) {
            text = new String(body, StandardCharsets.UTF_8);
        }
        // A proxy answers with a page.
        String shown = (text.stripLeading().startsWith("<") ? text.replaceAll("<[^>]*>", " ") : text).strip();
        try {
            return JSON.writeValueAsBytes(Map.of("message", shown.substring(0, Math.min(MAX_TEXT, shown.length()))));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
