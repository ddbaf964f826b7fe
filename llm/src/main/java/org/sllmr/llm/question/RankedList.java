// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Asks for a ranking of the candidates and turns ranks into soft scores.
 *
 * <p>With rank r = 0 for the likeliest and temperature T, the score is exp(-r / T): the softmax of the negative ranks at
 * temperature T, divided by its largest value, so that the first always has score 1. The paper names a
 * temperature-scaled soft ranking without a formula (Section 3.1); this is the simplest one. Averaged over passes in
 * different orders, the scores also show how certain the model is of the ranking.
 */
final class RankedList extends ListForm {
    private static final int TOKENS_PER_CANDIDATE = 8;

    private final double temperature;

    RankedList(Wording wording, double temperature) {
        super("ranked-list/1", wording, "ranking", TOKENS_PER_CANDIDATE);
        this.temperature = temperature;
    }

    @Override
    String schema(int candidates) {
        return """
                {"type": "object", "properties": {"ranking": {"type": "array", "minItems": %1$d, "maxItems": %1$d,
                "items": {"type": "integer", "minimum": 1, "maximum": %1$d}}},
                "required": ["ranking"], "additionalProperties": false}""".formatted(candidates);
    }

    @Override
    Optional<Answer.Unusable> read(JsonNode entry, int position, CandidateNumbers numbers, float[] scores) {
        Optional<Answer.Unusable> fault = numbers.next(entry);
        if (fault.isEmpty()) {
            scores[numbers.last()] = (float) StrictMath.exp(-position / temperature);
        }
        return fault;
    }
}
