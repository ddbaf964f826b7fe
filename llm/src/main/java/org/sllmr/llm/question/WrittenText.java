// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sllmr.llm.Reply;

/**
 * Reads a text from a reply.
 *
 * <p>Reasoning before it, tags and a code fence around it, and marks of chat templates are removed. Then it is put on one
 * line. A text is refused if it is empty, cut, too long, or a refusal in words.
 */
final class WrittenText {
    private static final String THOUGHT = "think|thinking|thought|thoughts|reasoning|reflection";

    /** The end of reasoning; other tags are part of the text. */
    private static final Pattern CLOSING = Pattern.compile("(?i)</(?:" + THOUGHT + ")>|\\[/THINK]|◁/think▷|"
            + "<\\|(?:end_of_thought|end_of_reasoning|end_think|channel>final<\\|message)\\|>");

    private static final Pattern OPENING = Pattern.compile("(?i)\\A\\s*(?:<(?:" + THOUGHT + ")>|\\[THINK]|◁think▷)");

    private static final Pattern WRAPPED = Pattern.compile(
            "\\A<(answer|final|final_answer|output|response|result|text)>(.*)</\\1>\\z",
            Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private static final Pattern FENCED =
            Pattern.compile("\\A(?:```|~~~)[A-Za-z0-9]{0,20}[ \\t]*\\R(.*?)\\s*(?:```|~~~)\\z", Pattern.DOTALL);

    private static final Pattern REFUSAL = Pattern.compile(
            "\\A\\W*(?:(?:i['’]?m|i am) (?:sorry|unable|not able)|sorry\\b|my apologies|i apologi[sz]e|"
                    + "i (?:cannot|can not|can['’]t|won['’]t|will not) |"
                    + "(?:as|being) an? (?:ai|artificial intelligence|(?:large )?language model)\\b|"
                    + "unfortunately,? i )",
            Pattern.CASE_INSENSITIVE);

    private WrittenText() {}

    static Answer of(Reply reply, int maxWords) {
        Optional<Answer.Unusable> unfinished = AnswerText.unfinished(reply);
        if (unfinished.isPresent()) {
            return unfinished.get();
        }
        String text = QuotedText.clean(bare(reply.text()), Integer.MAX_VALUE);
        if (text.isEmpty()) {
            return AnswerText.unusable(AnswerFault.EMPTY, "no text: " + reply.text());
        } else if (REFUSAL.matcher(text).find()) {
            return AnswerText.unusable(AnswerFault.REFUSED, text);
        }
        int words = text.split(" ", -1).length;
        return words > maxWords
                ? AnswerText.unusable(AnswerFault.TOO_LONG, words + " words, allowed are " + maxWords + ": " + text)
                : new Answer.Text(text);
    }

    private static String bare(String reply) {
        String text = JsonAnswer.withoutMarks(reply);
        int end = 0;
        Matcher closing = CLOSING.matcher(text);
        while (closing.find()) {
            end = closing.end();
        }
        if (end == 0 && OPENING.matcher(text).find()) {
            return "";
        }
        String answer = JsonAnswer.withoutMarks(text.substring(end));
        Matcher wrapped = WRAPPED.matcher(answer);
        answer = wrapped.matches() ? wrapped.group(2).strip() : answer;
        Matcher fenced = FENCED.matcher(answer);
        return fenced.matches() ? fenced.group(1) : answer;
    }
}
