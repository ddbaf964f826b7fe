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

/** Reads what every form reads alike: JSON, strictly, once {@link JsonAnswer} has found it. */
final class AnswerText {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int LONGEST_DETAIL = 200;

    private AnswerText() {}

    /** JSON that is an object, or what is wrong with the reply. */
    record Parsed(@Nullable JsonNode object, Optional<Answer.Wrong> wrong) {
        private static Parsed failed(AnswerFault fault, String detail) {
            return new Parsed(null, Optional.of(AnswerText.wrong(fault, detail)));
        }
    }

    static Parsed parse(Reply reply) {
        Optional<Answer.Wrong> ended = unfinished(reply);
        if (ended.isPresent()) {
            return new Parsed(null, ended);
        }
        String text = JsonAnswer.of(reply, AnswerText::isObject);
        if (text.isBlank()) {
            return Parsed.failed(AnswerFault.EMPTY, "reasoning and no answer: " + reply.text());
        }
        try {
            JsonNode node = JSON.readTree(text);
            return node.isObject()
                    ? new Parsed(node, Optional.empty())
                    : Parsed.failed(AnswerFault.WRONG_FORM, "no JSON object: " + text);
        } catch (JacksonException e) {
            return Parsed.failed(AnswerFault.NOT_JSON, "no JSON (" + e.getOriginalMessage() + "): " + text);
        }
    }

    private static boolean isObject(String text) {
        try {
            return JSON.readTree(text).isObject();
        } catch (JacksonException noJson) {
            return false;
        }
    }

    private static Optional<Answer.Wrong> unfinished(Reply reply) {
        return switch (reply.finish()) {
            case REFUSED -> Optional.of(wrong(AnswerFault.REFUSED, reply.text()));
            case TRUNCATED -> Optional.of(wrong(AnswerFault.TRUNCATED, reply.text()));
            case COMPLETE ->
                reply.text().isBlank() ? Optional.of(wrong(AnswerFault.EMPTY, "no text")) : Optional.empty();
        };
    }

    /** A fault; its detail is kept short and on one line, since it may be anything. */
    static Answer.Wrong wrong(AnswerFault fault, String detail) {
        return new Answer.Wrong(fault, QuotedText.clean(detail, LONGEST_DETAIL));
    }

    /** The list of an object that has nothing else, or null. */
    static @Nullable JsonNode onlyList(JsonNode object, String name) {
        JsonNode list = object.path(name);
        return object.size() == 1 && list.isArray() ? list : null;
    }
}
