// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Asks for a ranking of the candidates. */
abstract class RankingForm extends ListForm {
    private static final int TOKENS_PER_CANDIDATE = 8;

    RankingForm(String name, Wording wording) {
        super(name, "ranked-list-1", wording, "ranking", TOKENS_PER_CANDIDATE);
    }

    @Override
    final String schema(int candidates) {
        return """
                {"type": "object", "properties": {"ranking": {"type": "array", "minItems": %1$d, "maxItems": %1$d,
                "items": {"type": "integer", "minimum": 1, "maximum": %1$d}}},
                "required": ["ranking"], "additionalProperties": false}""".formatted(candidates);
    }

    @Override
    final Optional<Answer.Unusable> read(JsonNode entry, int position, CandidateNumbers numbers, float[] scores) {
        Optional<Answer.Unusable> fault = numbers.next(entry);
        if (fault.isEmpty()) {
            scores[numbers.last()] = score(position, scores.length);
        }
        return fault;
    }

    /** The score of a rank, from 0. */
    abstract float score(int rank, int candidates);
}
