// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.sllmr.llm.Reply;

/**
 * Asks about one candidate and reads the model's certainty: P(yes) / (P(yes) + P(no)) of the reply's first token.
 *
 * <p>These are the normalised logits of the paper (Section 3.1). The probabilities of all spellings of a word are added
 * up: case, blanks, quotes and tokenizer marks around it do not matter.
 */
final class YesNo extends BuiltInForm {
    /** The maximum that providers return. */
    private static final int ALTERNATIVES = 20;

    /** With a smaller sum the model meant another answer, and the ratio would be noise. */
    private static final double MIN_PROBABILITY = 0.05;

    /** Blanks, the marks of byte-level and sentence-piece tokenizers, and punctuation. */
    private static final Pattern AROUND = Pattern.compile("^[\\s\\u0120\\u010A\\u2581\\p{Punct}]+|[\\s\\p{Punct}]+$");

    YesNo(Wording wording) {
        super("yes-no/1", wording);
    }

    @Override
    public int maxCandidates() {
        return 1;
    }

    @Override
    ReplyFormat reply(int candidates) {
        return new ReplyFormat(Optional.empty(), ALTERNATIVES, 1);
    }

    /** A reply of one token always reaches the maximum number of tokens, so truncation is not a fault here. */
    @Override
    public Answer read(Reply reply, int candidates) {
        if (reply.finish() == Reply.Finish.REFUSED) {
            return AnswerText.unusable(AnswerFault.REFUSED, reply.text());
        }
        if (reply.firstToken().isEmpty()) {
            return reply.text().isBlank()
                    ? AnswerText.unusable(AnswerFault.EMPTY, "no text")
                    : AnswerText.unusable(AnswerFault.NO_LOG_PROBABILITIES, "only the text '" + reply.text() + "'");
        }
        double yes = probability(reply, "yes");
        double no = probability(reply, "no");
        if (!(yes + no >= MIN_PROBABILITY)) {
            return AnswerText.unusable(
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
