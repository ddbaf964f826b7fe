// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

import java.util.Optional;
import org.sllmr.llm.Reply;
import tools.jackson.databind.JsonNode;

/** A form whose answer is a JSON object with a list that has one entry for each candidate. */
abstract class ListForm extends BuiltInForm {
    private static final int FURTHER_TOKENS = 50;

    private final String list;
    private final int tokensPerCandidate;

    /**
     * A form.
     *
     * @param template name and version of its instructions
     * @param list name of the list in the object
     * @param tokensPerCandidate maximum number of tokens of an entry
     */
    ListForm(String name, String template, Wording wording, String list, int tokensPerCandidate) {
        super(name, template, wording);
        this.list = list;
        this.tokensPerCandidate = tokensPerCandidate;
    }

    @Override
    final ReplyFormat reply(int candidates) {
        return new ReplyFormat(Optional.of(schema(candidates)), 0, FURTHER_TOKENS + tokensPerCandidate * candidates);
    }

    /** The JSON schema of an answer. */
    abstract String schema(int candidates);

    @Override
    public final Answer read(Reply reply, int candidates) {
        AnswerText.Parsed parsed = AnswerText.parse(reply);
        if (parsed.object() == null) {
            return parsed.fault().orElseThrow();
        }
        JsonNode entries = parsed.object().path(list);
        if (parsed.object().size() != 1 || !entries.isArray()) {
            return AnswerText.unusable(
                    AnswerFault.WRONG_FORM, "not an object with the list '" + list + "' alone: " + parsed.object());
        }
        float[] scores = new float[candidates];
        CandidateNumbers numbers = new CandidateNumbers(candidates);
        int position = 0;
        for (JsonNode entry : entries) {
            Optional<Answer.Unusable> fault = read(entry, position++, numbers, scores);
            if (fault.isPresent()) {
                return fault.get();
            }
        }
        return numbers.missing().<Answer>map(fault -> fault).orElseGet(() -> new Answer.Scores(scores));
    }

    /**
     * Reads the score of an entry.
     *
     * @param position position of the entry in the list, from 0
     * @param scores receives the score at the candidate's place
     * @return what is wrong with the entry, if anything is
     */
    abstract Optional<Answer.Unusable> read(JsonNode entry, int position, CandidateNumbers numbers, float[] scores);
}
