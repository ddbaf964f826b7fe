// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sllmr.llm.Reply;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Parses the answers of all forms: strict JSON, which {@link JsonAnswer} finds in the reply. */
final class AnswerText {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int MAX_DETAIL = 200;

    private AnswerText() {}

    /** A JSON object, or what is wrong with the reply. */
    record Parsed(@Nullable JsonNode object, Optional<Answer.Unusable> fault) {
        private static Parsed failed(AnswerFault fault, String detail) {
            return new Parsed(null, Optional.of(AnswerText.unusable(fault, detail)));
        }
    }

    static Parsed parse(Reply reply) {
        Optional<Answer.Unusable> ended = unfinished(reply);
        if (ended.isPresent()) {
            return new Parsed(null, ended);
        }
        String text = JsonAnswer.of(reply, AnswerText::isObject);
        if (text.isBlank()) {
            return Parsed.failed(AnswerFault.EMPTY, "reasoning without an answer: " + reply.text());
        }
        try {
            JsonNode node = JSON.readTree(text);
            return node.isObject()
                    ? new Parsed(node, Optional.empty())
                    : Parsed.failed(AnswerFault.WRONG_FORM, "not a JSON object: " + text);
        } catch (JacksonException e) {
            return Parsed.failed(AnswerFault.NOT_JSON, "not JSON (" + e.getOriginalMessage() + "): " + text);
        }
    }

    private static boolean isObject(String text) {
        try {
            return JSON.readTree(text).isObject();
        } catch (JacksonException noJson) {
            return false;
        }
    }

    /** What is wrong with a reply before it is read: it is refused, cut or empty. */
    static Optional<Answer.Unusable> unfinished(Reply reply) {
        return switch (reply.finish()) {
            case REFUSED -> Optional.of(unusable(AnswerFault.REFUSED, reply.text()));
            case TRUNCATED -> Optional.of(unusable(AnswerFault.TRUNCATED, reply.text()));
            case COMPLETE ->
                reply.text().isBlank() ? Optional.of(unusable(AnswerFault.EMPTY, "no text")) : Optional.empty();
        };
    }

    /** An unusable answer; the detail is shortened and put on one line. */
    static Answer.Unusable unusable(AnswerFault fault, String detail) {
        return new Answer.Unusable(fault, QuotedText.clean(detail, MAX_DETAIL));
    }
}
