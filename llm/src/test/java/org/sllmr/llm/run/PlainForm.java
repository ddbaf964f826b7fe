// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sllmr.data.Seed;
import org.sllmr.llm.Prompt;
import org.sllmr.llm.Reply;
import org.sllmr.llm.question.Answer;
import org.sllmr.llm.question.AnswerFault;
import org.sllmr.llm.question.QuestionForm;

/** The simplest form, with numbers only, so that tests know the correct answer to every question. */
public record PlainForm(int historyLength, int maxCandidates) implements QuestionForm {
    public static final PlainForm DEFAULT = new PlainForm(10, 100);
    static final int MOST_TOKENS = 200;

    @Override
    public String name() {
        return "plain/1";
    }

    @Override
    public String hash() {
        return "plain-hash";
    }

    @Override
    public Prompt prompt(int[] history, int[] candidates) {
        return new Prompt("score", words(history) + "|" + words(candidates), Optional.empty(), 0, MOST_TOKENS);
    }

    @Override
    public Answer read(Reply reply, int candidates) {
        if (reply.finish() == Reply.Finish.TRUNCATED) {
            return new Answer.Unusable(AnswerFault.TRUNCATED, reply.text());
        } else if (reply.finish() == Reply.Finish.REFUSED) {
            return new Answer.Unusable(AnswerFault.REFUSED, reply.text());
        } else if (reply.text().isBlank()) {
            return new Answer.Unusable(AnswerFault.EMPTY, "");
        }
        String[] parts = reply.text().split(" ", -1);
        float[] scores = new float[candidates];
        if (parts.length != candidates) {
            return new Answer.Unusable(
                    parts.length < candidates ? AnswerFault.MISSING_ITEM : AnswerFault.UNKNOWN_ITEM, reply.text());
        }
        for (int index = 0; index < candidates; index++) {
            try {
                scores[index] = Float.parseFloat(parts[index]);
            } catch (NumberFormatException e) {
                return new Answer.Unusable(AnswerFault.NOT_JSON, parts[index]);
            }
            if (!(scores[index] >= 0 && scores[index] <= 1)) {
                return new Answer.Unusable(AnswerFault.SCORE_OUT_OF_RANGE, parts[index]);
            }
        }
        return new Answer.Scores(scores);
    }

    /** The correct answer to a prompt. */
    static String rightAnswer(Prompt prompt) {
        String[] parts = prompt.user().split("\\|", -1);
        int[] history = numbers(parts[0]);
        return Arrays.stream(numbers(parts[1]))
                .mapToObj(item -> Float.toString(score(history, item)))
                .collect(Collectors.joining(" "));
    }

    /** The correct score of an item for a history. */
    static float score(int[] history, int item) {
        return (float) new Seed(Arrays.hashCode(history))
                        .child(item)
                        .generator()
                        .nextInt(0, 101)
                / 100;
    }

    private static String words(int[] numbers) {
        return Arrays.stream(numbers).mapToObj(Integer::toString).collect(Collectors.joining(" "));
    }

    private static int[] numbers(String words) {
        return words.isEmpty()
                ? new int[0]
                : Arrays.stream(words.split(" ", -1))
                        .mapToInt(Integer::parseInt)
                        .toArray();
    }
}
