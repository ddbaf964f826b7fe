// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Asks for a score of every candidate, as items with scores in strict JSON: the paper's form (Section 3.1). */
final class ScoredItems extends ListForm {
    /** Twice the tokens of a compact entry, because some models write entries on several lines. */
    private static final int TOKENS_PER_CANDIDATE = 30;

    ScoredItems(Wording wording) {
        super("scored-items/1", "scored-items-1", wording, "scores", TOKENS_PER_CANDIDATE);
    }

    @Override
    String schema(int candidates) {
        return """
                {"type": "object", "properties": {"scores": {"type": "array", "minItems": %1$d, "maxItems": %1$d,
                "items": {"type": "object", "properties": {
                "item": {"type": "integer", "minimum": 1, "maximum": %1$d},
                "score": {"type": "number", "minimum": 0, "maximum": 1}},
                "required": ["item", "score"], "additionalProperties": false}}},
                "required": ["scores"], "additionalProperties": false}""".formatted(candidates);
    }

    @Override
    Optional<Answer.Unusable> read(JsonNode entry, int position, CandidateNumbers numbers, float[] scores) {
        if (!entry.isObject() || entry.size() != 2 || !entry.has("item") || !entry.has("score")) {
            return Optional.of(AnswerText.unusable(AnswerFault.WRONG_FORM, "not an item with a score: " + entry));
        }
        Optional<Answer.Unusable> fault = numbers.next(entry.path("item"));
        if (fault.isPresent()) {
            return fault;
        }
        JsonNode score = entry.path("score");
        if (!score.isNumber() || !(score.doubleValue() >= 0 && score.doubleValue() <= 1)) {
            return Optional.of(AnswerText.unusable(
                    AnswerFault.SCORE_OUT_OF_RANGE, "item " + entry.path("item") + " has score " + score));
        }
        scores[numbers.last()] = score.floatValue();
        return Optional.empty();
    }
}
