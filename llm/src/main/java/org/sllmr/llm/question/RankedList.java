// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

import java.util.Optional;
import org.sllmr.llm.Prompt;
import org.sllmr.llm.Reply;
import tools.jackson.databind.JsonNode;

/**
 * Asks for the candidates in order and turns ranks into soft scores.
 *
 * <p>With rank r = 0 for the likeliest and temperature T, the score is exp(-r / T): the softmax of the negative ranks at
 * temperature T, divided by its largest value, so that the first has 1 however many candidates there are. The paper names
 * a temperature-scaled soft ranking without its formula (Section 3.1); this is the plain one. Averaged over
 * several passes in other orders, the scores also say how sure the model was of the order.
 */
final class RankedList implements QuestionForm {
    private static final String NAME = "ranked-list/1";
    private static final long[] NO_TIMES = {};
    private static final int TOKENS_A_CANDIDATE = 8;
    private static final int FURTHER_TOKENS = 50;

    private final Wording wording;
    private final double temperature;
    private final Template system = Template.of("ranked-list-1.system");
    private final String hash;

    RankedList(Wording wording, double temperature) {
        this.wording = wording;
        this.temperature = temperature;
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
                {"type": "object", "properties": {"ranking": {"type": "array", "minItems": %1$d, "maxItems": %1$d,
                "items": {"type": "integer", "minimum": 1, "maximum": %1$d}}},
                "required": ["ranking"], "additionalProperties": false}""".formatted(candidates);
    }

    @Override
    public Answer read(Reply reply, int candidates) {
        AnswerText.Parsed parsed = AnswerText.parse(reply);
        if (parsed.object() == null) {
            return parsed.wrong().orElseThrow();
        }
        JsonNode list = AnswerText.onlyList(parsed.object(), "ranking");
        if (list == null) {
            return AnswerText.wrong(AnswerFault.WRONG_FORM, "no ranking alone: " + parsed.object());
        }
        float[] scores = new float[candidates];
        Numbering numbering = new Numbering(candidates);
        int rank = 0;
        for (JsonNode number : list) {
            Optional<Answer.Wrong> wrong = numbering.next(number);
            if (wrong.isPresent()) {
                return wrong.get();
            }
            scores[numbering.last()] = (float) StrictMath.exp(-rank / temperature);
            rank++;
        }
        return numbering.missing().<Answer>map(wrong -> wrong).orElseGet(() -> new Answer.Scores(scores));
    }
}
