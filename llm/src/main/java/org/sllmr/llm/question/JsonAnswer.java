// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sllmr.llm.Reply;

/**
 * Finds the JSON of an answer in a reply, and removes text around it if its meaning is certain.
 *
 * <p>It removes reasoning before the answer, in tags of any name; tags around the answer; a code fence; and marks of
 * chat templates that the server did not remove. Prose around the JSON is an error, because it is unclear which of its
 * objects is the answer.
 */
final class JsonAnswer {
    /** {@code </think>}, {@code [/THINK]}, {@code ◁/think▷} and the like. */
    private static final Pattern CLOSING = Pattern.compile("</[\\w:-]{1,40}>|\\[/[A-Z_]{1,40}]|◁/\\w{1,40}▷|"
            + "<\\|(?:end_of_thought|end_of_reasoning|end_think|message|channel>final)\\|?>");

    /** The corresponding tags at the beginning of reasoning. */
    private static final Pattern OPENING =
            Pattern.compile("\\A\\s*(?:<[A-Za-z][\\w:-]{0,40}>|\\[[A-Z_]{1,40}]|◁\\w{1,40}▷|<\\|[\\w>]{1,40}\\|>)");

    /** Marks of chat templates, such as {@code <|im_end|>}. */
    private static final Pattern MARKS = Pattern.compile(
            "\\A(?:\\s*(?:<\\|[\\w ]{1,40}\\|>|<s>))+|(?:(?:<\\|[\\w ]{1,40}\\|>|</s>|<eos>|<end_of_turn>)\\s*)+\\z");

    private static final Pattern WRAPPED = Pattern.compile(
            "\\A<(answer|final|final_answer|output|response|result|json)>(.*)</\\1>\\z",
            Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern FENCED =
            Pattern.compile("\\A(?:```|~~~)[A-Za-z0-9]{0,20}\\s*([\\[{].*?)\\s*(?:```|~~~)?\\z", Pattern.DOTALL);
    private static final int MAX_TRIES = 200;

    private JsonAnswer() {}

    /** Tests whether a text is a JSON object. */
    @FunctionalInterface
    interface Test {
        /** Whether the whole text is one object. */
        boolean isObject(String text);
    }

    /** The answer in a reply. */
    static String of(Reply reply, Test test) {
        String text = bare(reply.text());
        if (text.startsWith("{") && test.isObject(text)) {
            return text;
        }
        Matcher wrapped = WRAPPED.matcher(lastBlock(text));
        if (wrapped.matches()) {
            return bare(wrapped.group(2));
        }
        int end = afterLastClosing(text);
        if (end > 0) {
            return bare(text.substring(end));
        }
        return OPENING.matcher(text).find() ? lastObject(text, test).orElse(text) : text;
    }

    /** The text without marks of chat templates and blanks around it. */
    static String withoutMarks(String text) {
        return MARKS.matcher(text.strip()).replaceAll("").strip();
    }

    /** The text without marks and code fence. */
    private static String bare(String text) {
        String inner = withoutMarks(text);
        Matcher fenced = FENCED.matcher(inner);
        return fenced.matches() ? fenced.group(1).strip() : inner;
    }

    /** The block that ends at the end of the text, from its opening tag; the whole text if there is none. */
    private static String lastBlock(String text) {
        Matcher closing = Pattern.compile("</([\\w:-]{1,40})>\\z").matcher(text);
        if (!closing.find()) {
            return text;
        }
        int from = text.lastIndexOf("<" + closing.group(1) + ">");
        return from < 0 ? text : text.substring(from);
    }

    private static int afterLastClosing(String text) {
        int end = 0;
        Matcher closing = CLOSING.matcher(text);
        while (closing.find()) {
            end = closing.end();
        }
        return end;
    }

    /** The object at the end of a text whose reasoning has no closing tag. */
    private static Optional<String> lastObject(String text, Test test) {
        int tries = 0;
        String inner = text;
        int fence = text.lastIndexOf("```");
        if (fence >= 0 && text.substring(fence).strip().equals("```")) {
            inner = text.substring(0, fence).strip();
        }
        if (!inner.endsWith("}")) {
            return Optional.empty();
        }
        // The outermost object that ends there: going backwards from the last brace, the last candidate that is an
        // object.
        Optional<String> found = Optional.empty();
        for (int at = inner.lastIndexOf('{'); at >= 0 && tries < MAX_TRIES; at = inner.lastIndexOf('{', at - 1)) {
            String candidate = inner.substring(at);
            if (test.isObject(candidate)) {
                found = Optional.of(candidate);
            }
            tries++;
            if (at == 0) {
                break;
            }
        }
        return found;
    }
}
