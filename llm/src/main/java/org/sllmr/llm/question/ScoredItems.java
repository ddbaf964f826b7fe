// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sllmr.llm.Prompt;
import org.sllmr.llm.Reply;
import tools.jackson.databind.JsonNode;

/** Asks for a score of every candidate, as (item, score) pairs in strict JSON: the paper's way (Section 3.1). */
final class ScoredItems implements QuestionForm {
    private static final String NAME = "scored-items/1";
    private static final long[] NO_TIMES = {};

    /** Twice of what a pair takes written tightly, since some models put every pair on lines of its own. */
    private static final int TOKENS_A_CANDIDATE = 30;

    private static final int FURTHER_TOKENS = 50;

    private final Wording wording;
    private final Template system = Template.of("scored-items-1.system");
    private final String hash;

    ScoredItems(Wording wording) {
        this.wording = wording;
        this.hash = wording.hash(NAME, system);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String hash() {
        return hash;
    }

    @Override
    public int historyLength() {
        return wording.settings().historyLength();
    }

    @Override
    public int maxCandidates() {
        return wording.settings().maxCandidates();
    }

    @Override
    public Prompt prompt(int[] history, int[] candidates) {
        return prompt(history, NO_TIMES, candidates);
    }

    @Override
    public Prompt prompt(int[] history, long[] times, int[] candidates) {
        return wording.prompt(
                system,
                history,
                times,
                candidates,
                Optional.of(schema(candidates.length)),
                0,
                FURTHER_TOKENS + TOKENS_A_CANDIDATE * candidates.length);
    }

    private static String schema(int candidates) {
        return """
                {"type": "object", "properties": {"scores": {"type": "array", "minItems": %1$d, "maxItems": %1$d,
                "items": {"type": "object", "properties": {
                "item": {"type": "integer", "minimum": 1, "maximum": %1$d},
                "score": {"type": "number", "minimum": 0, "maximum": 1}},
                "required": ["item", "score"], "additionalProperties": false}}},
                "required": ["scores"], "additionalProperties": false}""".formatted(candidates);
    }

    @Override
    public Answer read(Reply reply, int candidates) {
        AnswerText.Parsed parsed = AnswerText.parse(reply);
        if (parsed.object() == null) {
            return parsed.wrong().orElseThrow();
        }
        JsonNode list = AnswerText.onlyList(parsed.object(), "scores");
        if (list == null) {
            return AnswerText.wrong(AnswerFault.WRONG_FORM, "no list of scores alone: " + parsed.object());
        }
        float[] scores = new float[candidates];
        Numbering numbering = new Numbering(candidates);
        for (JsonNode pair : list) {
            Answer.Wrong wrong = add(pair, numbering, scores);
            if (wrong != null) {
                return wrong;
            }
        }
        return numbering.missing().<Answer>map(wrong -> wrong).orElseGet(() -> new Answer.Scores(scores));
    }

    private static Answer.@Nullable Wrong add(JsonNode pair, Numbering numbering, float[] scores) {
        if (!pair.isObject() || pair.size() != 2 || !pair.has("item") || !pair.has("score")) {
            return AnswerText.wrong(AnswerFault.WRONG_FORM, "no item with its score: " + pair);
        }
        Optional<Answer.Wrong> number = numbering.next(pair.path("item"));
        if (number.isPresent()) {
            return number.get();
        }
        JsonNode score = pair.path("score");
        if (!score.isNumber() || !(score.doubleValue() >= 0 && score.doubleValue() <= 1)) {
            return AnswerText.wrong(
                    AnswerFault.SCORE_OUT_OF_RANGE, "item " + pair.path("item") + " has score " + score);
        }
        scores[numbering.last()] = score.floatValue();
        return null;
    }
}
