// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.sllmr.llm.Prompt;
import org.sllmr.llm.Reply;

/**
 * Asks about one candidate and reads how sure the model is: P(yes) / (P(yes) + P(no)) of the reply's first token.
 *
 * <p>These are the normalised logits of the paper (Section 3.1). A token counts whatever its case and whatever blanks,
 * quotes or marks of the tokenizer surround it; the probabilities of all that mean the same are added up.
 */
final class YesNo implements QuestionForm {
    private static final String NAME = "yes-no/1";
    private static final long[] NO_TIMES = {};

    /** Most that providers give. */
    private static final int ALTERNATIVES = 20;

    /** With less on both together the model meant to say something else, and their ratio is noise. */
    private static final double LEAST_PROBABILITY = 0.05;

    /** Blanks, the marks of byte-level and sentence-piece tokenizers, and punctuation. */
    private static final Pattern AROUND = Pattern.compile("^[\\s\\u0120\\u010A\\u2581\\p{Punct}]+|[\\s\\p{Punct}]+$");

    private final Wording wording;
    private final Template system = Template.of("yes-no-1.system");
    private final String hash;

    YesNo(Wording wording) {
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
        return 1;
    }

    @Override
    public Prompt prompt(int[] history, int[] candidates) {
        return prompt(history, NO_TIMES, candidates);
    }

    @Override
    public Prompt prompt(int[] history, long[] times, int[] candidates) {
        return wording.prompt(system, history, times, candidates, Optional.empty(), ALTERNATIVES, 1);
    }

    /** A reply of one token always ends at the most tokens allowed, so that is no fault here. */
    @Override
    public Answer read(Reply reply, int candidates) {
        if (reply.finish() == Reply.Finish.REFUSED) {
            return AnswerText.wrong(AnswerFault.REFUSED, reply.text());
        }
        if (reply.firstToken().isEmpty()) {
            return reply.text().isBlank()
                    ? AnswerText.wrong(AnswerFault.EMPTY, "no text")
                    : AnswerText.wrong(AnswerFault.NO_LOG_PROBABILITIES, "only the text '" + reply.text() + "'");
        }
        double yes = probability(reply, "yes");
        double no = probability(reply, "no");
        if (!(yes + no >= LEAST_PROBABILITY)) {
            return AnswerText.wrong(
                    AnswerFault.WRONG_FORM,
                    "neither yes nor no but '" + reply.firstToken().get(0).token() + "'");
        }
        return new Answer.Scores(new float[] {(float) (yes / (yes + no))});
    }

    private static double probability(Reply reply, String word) {
        double sum = 0;
        for (Reply.Alternative alternative : reply.firstToken()) {
            String token = AROUND.matcher(alternative.token()).replaceAll("").toLowerCase(Locale.ROOT);
            if (token.equals(word)) {
                sum += StrictMath.exp(Math.min(0, alternative.logProbability()));
            }
        }
        return sum;
    }
}
